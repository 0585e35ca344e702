import * as client from 'openid-client'
import { z } from 'zod'
import type { Day } from '#kit'
import type { Config, Db, ProviderConfig } from '#platform'
import { organisationsOfSiret, personByEmail, personOfAccount } from './account-store.ts'
import { membershipsOf } from './store.ts'

const TIMEOUT_SECONDS = 10
const ANSWER_PATH = '/sign-in/provider/answer'

/** Each has its own page, in words that say what to do. */
export type ProviderRefusal =
  | 'down'
  | 'cancelled'
  | 'replayed'
  | 'issuer'
  | 'signature'
  | 'unreadable'
  | 'noSiret'
  | 'unknownSiret'
  | 'notInvited'
  | 'otherOrganisation'

/** What METIS remembers between its question and the provider's answer. */
const questionShape = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string().optional(),
  to: z.string(),
})
export type Question = z.infer<typeof questionShape>

export type Identity = {
  providerId: string
  accountId: string
  email: string
  siret: string | undefined
  isStrong: boolean
  idToken: string
}

export function questionIn(kept: Record<string, unknown> | undefined): Question | undefined {
  return questionShape.safeParse(kept).data
}

/** The provider's address to go to; `down` when it does not answer. */
export async function askProvider(
  config: Config,
  provider: ProviderConfig,
  to: string,
): Promise<{ address: string; question: Question } | { refused: ProviderRefusal }> {
  try {
    const found = await discovered(provider)
    const question: Question = { state: client.randomState(), nonce: client.randomNonce(), to }
    // ProConnect answers Y000400 to any parameter that it does not know, PKCE's among them.
    if (!provider.isProConnect) question.verifier = client.randomPKCECodeVerifier()
    const address = client.buildAuthorizationUrl(found, {
      redirect_uri: `${config.url}${ANSWER_PATH}`,
      scope: provider.scopes,
      state: question.state,
      nonce: question.nonce,
      ...(question.verifier && {
        code_challenge: await client.calculatePKCECodeChallenge(question.verifier),
        code_challenge_method: 'S256',
      }),
      ...(provider.isProConnect && { claims: strengthClaims }),
    })
    return { address: address.href, question }
  } catch (error) {
    return { refused: refusalOf(error) }
  }
}

/** How the person signed in there: a code of a telephone or a card counts as a second factor here. */
const strengthClaims = JSON.stringify({
  id_token: { acr: { essential: false }, amr: { essential: true } },
})

/** Who the provider says is there; every signature, issuer, nonce and state verified. */
export async function identityIn(
  config: Config,
  provider: ProviderConfig,
  { query, question }: { query: string; question: Question },
): Promise<{ identity: Identity } | { refused: ProviderRefusal }> {
  try {
    const found = await discovered(provider)
    const tokens = await client.authorizationCodeGrant(
      found,
      new URL(`${config.url}${ANSWER_PATH}?${query}`),
      {
        expectedState: question.state,
        expectedNonce: question.nonce,
        idTokenExpected: true,
        ...(question.verifier && { pkceCodeVerifier: question.verifier }),
      },
    )
    const claims = tokens.claims()
    if (!claims || !tokens.id_token) return { refused: 'unreadable' }
    const told = await client.fetchUserInfo(found, tokens.access_token, claims.sub)
    return identityFrom(provider, { claims, told, idToken: tokens.id_token })
  } catch (error) {
    return { refused: refusalOf(error) }
  }
}

const toldShape = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(254),
  siret: z.string().optional(),
  idp_id: z.string().max(255).optional(),
})
const strengthShape = z.object({
  acr: z.string().optional(),
  amr: z.array(z.string()).optional(),
})

function identityFrom(
  provider: ProviderConfig,
  { claims, told, idToken }: { claims: object; told: object; idToken: string },
): { identity: Identity } | { refused: ProviderRefusal } {
  const known = toldShape.safeParse(told).data
  if (!known) return { refused: 'unreadable' }
  const siret = known.siret?.replace(/\s/g, '')
  if (siret === undefined && provider.isProConnect) return { refused: 'noSiret' }
  if (siret !== undefined && !/^\d{14}$/.test(siret)) return { refused: 'noSiret' }
  const strength = strengthShape.safeParse(claims).data ?? {}
  return {
    identity: {
      // `sub` is unique for a couple identity provider / service: both make the key (DOMAIN 6.5).
      providerId: [provider.issuer, known.idp_id].filter(Boolean).join('#'),
      accountId: known.sub,
      email: known.email,
      siret,
      isStrong: isStrong(strength),
      idToken,
    },
  }
}

/** ProConnect's levels that ask for two factors, or the word of RFC 8176. */
export function isStrong({
  acr = '',
  amr = [],
}: {
  acr?: string | undefined
  amr?: string[] | undefined
}): boolean {
  return /^(eidas[01]-mfa|eidas[23])$/.test(acr) || amr.includes('mfa')
}

export type Recognised =
  | { personId: string }
  /** The mailbox must confirm, once, that this account is this person's. */
  | { toConfirm: { id: string; name: string; email: string } }
  | { refused: ProviderRefusal; organisation?: string }

/** The provider filters nobody: whether this person may come in is asked of our own lists. */
export async function recognise(db: Db, identity: Identity, today: Day): Promise<Recognised> {
  const known = await personOfAccount(db, identity)
  const named = known ? undefined : await personByEmail(db, identity.email)
  const personId = known ?? named?.id
  if (identity.siret !== undefined) {
    const organisations = await organisationsOfSiret(db, identity.siret)
    const [first] = organisations
    if (!first) return { refused: 'unknownSiret' }
    const organisation = first.name
    if (!personId) return { refused: 'notInvited', organisation }
    const ids = new Set(organisations.map(({ id }) => id))
    const standings = await membershipsOf(db, personId, today)
    if (!standings.some(({ membership }) => ids.has(membership.organisation.id)))
      return { refused: 'otherOrganisation', organisation }
  }
  if (known) return { personId: known }
  return named ? { toConfirm: named } : { refused: 'notInvited' }
}

/** Where to go to sign out there too; undefined when the provider does not offer it, or is down. */
export async function goodbyeAddress(
  config: Config,
  provider: ProviderConfig,
  idToken: string,
): Promise<string | undefined> {
  try {
    const address = client.buildEndSessionUrl(await discovered(provider), {
      id_token_hint: idToken,
      state: client.randomState(),
      post_logout_redirect_uri: `${config.url}/`,
    })
    // Not among the parameters that ProConnect knows; the hint says whose session it is.
    address.searchParams.delete('client_id')
    return address.href
  } catch {
    return undefined
  }
}

const known = new Map<string, Promise<client.Configuration>>()

/** Asked once a process; asked again after a failure. */
function discovered(provider: ProviderConfig): Promise<client.Configuration> {
  const key = `${provider.issuer} ${provider.clientId}`
  const asked = known.get(key) ?? discover(provider)
  known.set(key, asked)
  asked.catch(() => known.delete(key))
  return asked
}

function discover(provider: ProviderConfig): Promise<client.Configuration> {
  const { alg, clientId, clientSecret } = provider
  const metadata: Partial<client.ClientMetadata> = {
    client_secret: clientSecret,
    // HS256 would let whoever holds the client secret write identities: refused.
    id_token_signed_response_alg: alg,
    ...(provider.isProConnect && { userinfo_signed_response_alg: alg }),
  }
  // On this very machine alone: readConfig() wants https everywhere else.
  const isLocal = provider.issuer.startsWith('http:')
  return client.discovery(new URL(provider.issuer), clientId, metadata, undefined, {
    timeout: TIMEOUT_SECONDS,
    execute: [
      client.enableNonRepudiationChecks,
      ...(isLocal ? [client.allowInsecureRequests] : []),
    ],
  })
}

/** The library names its reasons in words; what they mean for the person in front of the screen. */
export function refusalOf(error: unknown): ProviderRefusal {
  const words = wordsOf(error)
  if (/access_denied/.test(words)) return 'cancelled'
  if (/"iss"|issuer/i.test(words)) return 'issuer'
  if (/signature|KEY_SELECTION|unexpected JWT "alg"/i.test(words)) return 'signature'
  if (/"state"|"nonce"|invalid_grant/.test(words)) return 'replayed'
  if (/fetch failed|TIMEOUT|timed out|ECONN|ENOTFOUND|unexpected HTTP/i.test(words)) return 'down'
  return 'unreadable'
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const more = error as Error & { code?: unknown; error?: unknown }
  return [error.message, more.code, more.error, wordsOf(error.cause)].filter(Boolean).join(' ')
}
