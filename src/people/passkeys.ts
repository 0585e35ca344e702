import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Config, Db } from '#platform'
import { addPasskey, passkeyByCredential, passkeysOf, passkeyUsed } from './account-store.ts'
import { keepTicket, takeTicket } from './door-store.ts'

/** What a browser is asked, and the ticket that its answer brings back. */
export type Challenge = { options: object; ticket: string }

const USER_VERIFICATION = 'required'
const NAME_CHARACTERS_MAX = 80

/** Nobody is named: the phone knows whose key it is, so the question tells nothing about anyone. */
export async function passkeyChallenge(db: Db, config: Config, now: Date): Promise<Challenge> {
  const options = await generateAuthenticationOptions({
    rpID: new URL(config.url).hostname,
    userVerification: USER_VERIFICATION,
  })
  const value = { challenge: options.challenge }
  return { options, ticket: await keepTicket(db, config, { kind: 'passkey', value, now }) }
}

export async function newPasskeyChallenge(
  db: Db,
  config: Config,
  person: { id: string; name: string; email: string },
  now: Date,
): Promise<Challenge> {
  const known = await passkeysOf(db, person.id)
  const options = await generateRegistrationOptions({
    rpID: new URL(config.url).hostname,
    rpName: 'METIS',
    userID: new TextEncoder().encode(person.id),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: USER_VERIFICATION },
  })
  const value = { challenge: options.challenge, personId: person.id }
  return { options, ticket: await keepTicket(db, config, { kind: 'new-passkey', value, now }) }
}

const idPart = z.string().regex(/^[\w-]{1,1400}$/)
const transports = z.array(z.string().regex(/^[a-z-]{1,20}$/)).max(10)

const assertion = z.object({
  id: idPart,
  rawId: idPart,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
  response: z.object({
    clientDataJSON: z.string(),
    authenticatorData: z.string(),
    signature: z.string(),
  }),
})
const attestation = z.object({
  id: idPart,
  rawId: idPart,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
  response: z.object({
    clientDataJSON: z.string(),
    attestationObject: z.string(),
    transports: transports.optional(),
  }),
})

export type PasskeyAnswer = { answer: string; ticket: string; now: Date }

/** Whose passkey answered; undefined for any answer that does not hold. */
export async function personOfPasskey(
  db: Db,
  config: Config,
  { answer, ticket, now }: PasskeyAnswer,
): Promise<string | undefined> {
  const kept = await takeTicket(db, config, { kind: 'passkey', token: ticket, now })
  const response = parsed(assertion, answer)
  if (!kept || !response) return undefined
  const passkey = await passkeyByCredential(db, response.id)
  if (!passkey) return undefined
  const verified = await verifyAuthenticationResponse({
    response: response as AuthenticationResponseJSON,
    expectedChallenge: String(kept.challenge),
    expectedOrigin: new URL(config.url).origin,
    expectedRPID: new URL(config.url).hostname,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: Number(passkey.counter),
    },
  }).catch(() => undefined)
  if (!verified?.verified) return undefined
  const counter = BigInt(verified.authenticationInfo.newCounter)
  await passkeyUsed(db, { id: passkey.id, counter, now })
  return passkey.personId
}

/** Keeps a new passkey of this person; false for an answer that does not hold. */
export async function keepPasskey(
  db: Db,
  config: Config,
  person: { personId: string; name: string },
  { answer, ticket, now }: PasskeyAnswer,
): Promise<boolean> {
  const kept = await takeTicket(db, config, { kind: 'new-passkey', token: ticket, now })
  const response = parsed(attestation, answer)
  if (!response || kept?.personId !== person.personId) return false
  const verified = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: String(kept.challenge),
    expectedOrigin: new URL(config.url).origin,
    expectedRPID: new URL(config.url).hostname,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!verified?.verified) return false
  const { credential } = verified.registrationInfo
  if (await passkeyByCredential(db, credential.id)) return false
  await addPasskey(db, {
    personId: person.personId,
    name: person.name.slice(0, NAME_CHARACTERS_MAX),
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: BigInt(credential.counter),
    transports: (credential.transports ?? []).join(' '),
  })
  return true
}

function parsed<Shape extends z.ZodType>(shape: Shape, json: string): z.infer<Shape> | undefined {
  try {
    return shape.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}
