import { setTimeout } from 'node:timers/promises'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { signAgreement } from '#awards'
import {
  type Ceremonies,
  type CeremonyRow,
  type DocumentKind,
  type DocumentRow,
  followCeremony,
  httpProvider,
  waitingCeremonies,
} from '#documents'
import { dayOf, type Refused } from '#kit'
import { signMissionAgreement } from '#missions'
import {
  actorIn,
  allTerritories,
  found,
  membershipsOf,
  type Place,
  personById,
  type Territory,
  territoryBySlug,
} from '#people'
import { sayIn, type Tx, vaultOf } from '#platform'
import { afterwards } from './afterwards.ts'
import { frameOf } from './frame.ts'
import type { House } from './house.ts'

type Deed = (place: Place, id: string, said: { capacity: string }) => Promise<object | Refused>

/** The deed of a person that waited for their signature, by the kind of what they sign. */
const deeds: Partial<Record<DocumentKind, Deed>> = {
  grant_agreement: signAgreement,
  mission_agreement: signMissionAgreement,
}

/** Every ceremony of every commune, one step further: the job, when nobody calls. */
export async function followCeremonies(house: House): Promise<void> {
  if (!house.config.signatureService) return
  for (const territory of await allTerritories(house.db)) await followIn(house, territory, 'all')
}

async function followIn(
  house: House,
  territory: Territory,
  which: 'all' | 'untold' | { id: string },
): Promise<void> {
  const { signatureService } = house.config
  if (!signatureService) return
  const ceremonies: Ceremonies = {
    db: house.db,
    territory,
    provider: httpProvider(signatureService),
    now: house.now(),
    conclude: (tx, ceremony, document) => conclude(house, territory, { tx, ceremony, document }),
  }
  const ids = typeof which === 'object' ? [which.id] : await waitingCeremonies(ceremonies, which)
  for (const id of ids) await followCeremony(ceremonies, id)
}

/** As the person who pressed the button, in the organisation and the role they pressed it for. */
async function conclude(
  house: House,
  territory: Territory,
  { tx, ceremony, document }: { tx: Tx; ceremony: CeremonyRow; document: DocumentRow },
): Promise<object | Refused> {
  const { id, name, email } = found(await personById(tx, ceremony.personId))
  const now = house.now()
  const today = dayOf(now)
  const actor = actorIn(territory.id, { id, name, email }, await membershipsOf(tx, id, today))
  const as = actor.memberships.find(
    ({ role, organisation }) =>
      role === ceremony.role && organisation.id === ceremony.organisationId,
  )
  const deed = deeds[document.kind]
  // Without the role any more, they bind nobody.
  if (!as || !deed) return { refusals: [] }
  const path = `/${territory.slug}`
  const bare = {
    territory,
    path,
    url: `${house.config.url}${path}`,
    tx,
    later: () => Promise.reject(new Error('a job answers nobody')),
    vault: vaultOf(house.config),
    seal: house.seal,
    ...(house.config.signatureService ? { signedElsewhere: house.config.signatureService } : {}),
    filesSeen: new Set<string>(),
    now,
    today,
    language: 'fr' as const,
    say: sayIn('fr'),
    actor,
    as,
  }
  const place: Place = { ...bare, frame: await frameOf(bare, path, house.config.isDemo) }
  return deed(place, document.subjectId, { capacity: ceremony.capacity })
}

/** Nobody waits for longer: the page that follows says that the provider will write. */
const PATIENCE_MILLISECONDS = 3_000

/**
 * Stands outside the transaction of a request: a signature asked, or given up, is told to the provider
 * at once, so that the page that follows shows where to sign. A provider that is slow or down is left
 * to the job.
 */
export function withCeremonies(house: House) {
  return createMiddleware(async (context, next) => {
    await next()
    if (!house.config.signatureService || context.req.method !== 'POST') return
    if (context.res.status !== 303) return
    const territory = await territoryBySlug(house.db, context.req.param('territory') ?? '')
    if (!territory) return
    const told = followIn(house, territory, 'untold')
    afterwards(house.db, () => told)
    const quiet = told.catch(() => undefined)
    await Promise.race([quiet, setTimeout(PATIENCE_MILLISECONDS)])
  })
}

/**
 * The provider rings: nothing that the call says is believed but the name of a ceremony, which is then
 * looked at where it is. Rung twice or by chance, nothing happens twice.
 */
export function signatureWebhook(house: House) {
  return async (context: Context) => {
    const { signatureService } = house.config
    const territory = await territoryBySlug(house.db, context.req.param('territory') ?? '')
    if (!signatureService || !territory) return context.notFound()
    const signature = context.req.header('metis-signature') ?? ''
    const call = { signature, body: await context.req.text(), at: new Date() }
    const ceremony = httpProvider(signatureService).heard(call)
    if (!ceremony) return context.text('not proven', 403)
    afterwards(house.db, () => followIn(house, territory, { id: ceremony }))
    return context.body(null, 204)
  }
}
