import { note } from '#journal'
import { isRefused, type Refused } from '#kit'
import { found, personById, type Territory } from '#people'
import { type Db, inTerritory, log, sealsIn, sha256, type Tx, takeTurn } from '#platform'
import {
  type CeremonyRow,
  type CeremonyState,
  ceremoniesIn,
  ceremonyById,
  moveCeremony,
  underWay,
} from './ceremonies-store.ts'
import { layersOf } from './layers-store.ts'
import { type SignatureProvider, Unreachable } from './provider.ts'
import { addLayer, fileOf } from './sealing.ts'
import { type DocumentRow, documentById } from './store.ts'

/** What a provider has under way for a commune. Network and transactions never wait for one another. */
export type Ceremonies = {
  db: Db
  territory: Territory
  provider: SignatureProvider
  now: Date
  /** Does again, in the name of whoever asked, the deed that their signature was for. */
  conclude: (tx: Tx, signed: CeremonyRow, document: DocumentRow) => Promise<object | Refused>
}

type Seen = { ceremony: CeremonyRow; document: DocumentRow; file: Buffer }

/** Nobody signs a month later; the provider is told, and the party may begin again. */
const WAITED_MILLISECONDS = 30 * 24 * 3600 * 1000

/** `all` that are under way, or the `untold`: those of which the provider does not know yet what was asked. */
export async function waitingCeremonies(
  { db, territory }: Ceremonies,
  which: 'all' | 'untold',
): Promise<string[]> {
  const states = which === 'all' ? underWay : underWay.filter((state) => state !== 'open')
  return inTerritory(db, { territoryId: territory.id, readOnly: true }, (tx) =>
    ceremoniesIn(tx, territory.id, states),
  )
}

/**
 * Takes a ceremony one step further, as often as one likes: started at the provider, looked at there,
 * taken back when signed, ended otherwise. A provider that does not answer is asked again later.
 */
export async function followCeremony(all: Ceremonies, id: string): Promise<void> {
  const seen = await seenCeremony(all, id)
  if (!seen) return
  const { ceremony } = seen
  // The operator chose another provider meanwhile: nobody can be asked any more.
  if (ceremony.provider !== all.provider.name) return end(all, ceremony, 'failed', 'lost')
  try {
    const open = ceremony.state === 'asked' ? await started(all, seen) : seen
    if (open) await step(all, open)
  } catch (error) {
    if (!(error instanceof Unreachable)) {
      log.error({ ceremony: id, error: String(error) }, 'a ceremony failed at its provider')
      const now = await seenCeremony(all, id)
      if (now) await end(all, now.ceremony, 'failed', 'lost')
      return
    }
    log.warn({ ceremony: id, error: error.message }, 'the signature provider')
    if (isLate(all, ceremony)) await end(all, ceremony, 'expired')
  }
}

function isLate({ now }: Ceremonies, { askedAt }: CeremonyRow): boolean {
  return now.getTime() - askedAt.getTime() > WAITED_MILLISECONDS
}

async function seenCeremony({ db, territory }: Ceremonies, id: string): Promise<Seen | undefined> {
  return inTerritory(db, { territoryId: territory.id, readOnly: true }, (tx) =>
    seenIn(tx, territory.id, id),
  )
}

async function seenIn(tx: Tx, territoryId: string, id: string): Promise<Seen | undefined> {
  const ceremony = await ceremonyById(tx, territoryId, id)
  if (!ceremony || ceremony.endedAt) return undefined
  const document = found(await documentById(tx, territoryId, ceremony.documentId))
  const file = fileOf(document, await layersOf(tx, territoryId, document.id))
  return { ceremony, document, file }
}

async function started(all: Ceremonies, seen: Seen): Promise<Seen | undefined> {
  const { ceremony, document, file } = seen
  const { id, party, capacity } = ceremony
  const { name, email } = found(await personById(all.db, ceremony.personId))
  const { reference, link } = await all.provider.start({
    id,
    document: { number: document.number, title: document.title, pdf: file },
    signatories: [{ party, name, email, capacity }],
  })
  await move(all, ceremony, { state: 'open', reference, link: link ?? null })
  return seenCeremony(all, id)
}

async function step(all: Ceremonies, seen: Seen): Promise<void> {
  const { ceremony } = seen
  const { reference } = ceremony
  // Withdrawn before the provider had heard of it.
  if (!reference) return end(all, ceremony, 'cancelled')
  const progress = await all.provider.follow(reference)
  if (progress === 'signed') return takeBack(all, seen, reference)
  if (progress !== 'waiting') return end(all, ceremony, progress)
  const isOver = isLate(all, ceremony)
  if (ceremony.state !== 'withdrawn' && !isOver) return
  await all.provider.cancel(reference)
  await end(all, ceremony, isOver ? 'expired' : 'cancelled')
}

/** Signed at the provider: kept only when it is our text, signed and nothing else. */
async function takeBack(all: Ceremonies, seen: Seen, reference: string): Promise<void> {
  const { ceremony, file } = seen
  const { pdf, evidence } = await all.provider.takeBack(reference)
  const { faultOfReturned } = await import('./returned.ts')
  const fault = await faultOfReturned(file, pdf)
  if (fault) return end(all, ceremony, 'failed', fault)
  const { territory, now } = all
  try {
    await inTerritory(all.db, { territoryId: territory.id }, async (tx) => {
      await takeTurn(tx, territory.id)
      const still = await seenIn(tx, territory.id, ceremony.id)
      if (!still?.file.equals(file)) return
      const state = { state: 'signed', evidence: JSON.stringify(evidence), endedAt: now } as const
      if (!(await moveCeremony(tx, still.ceremony, state))) return
      await keepSignature(tx, all, still, pdf)
      const outcome = await all.conclude(tx, { ...still.ceremony, state: 'signed' }, still.document)
      if (isRefused(outcome)) throw new NotWanted()
    })
  } catch (error) {
    if (!(error instanceof NotWanted)) throw error
    await end(all, ceremony, 'failed', 'obsolete')
  }
}

/** The deed is refused by now: the award was declined meanwhile, the role was left. */
class NotWanted extends Error {}

async function keepSignature(tx: Tx, all: Ceremonies, seen: Seen, pdf: Uint8Array): Promise<void> {
  const { document, file } = seen
  const last = (await sealsIn(pdf)).at(-1)
  const layers = await layersOf(tx, all.territory.id, document.id)
  await addLayer(tx, {
    territoryId: all.territory.id,
    documentId: document.id,
    rank: layers.length + 1,
    madeBy: all.provider.name,
    bytes: pdf.subarray(file.length),
    sha256: sha256(pdf),
    certificateSha256: sha256(last?.certificate?.raw ?? ''),
    madeAt: all.now,
  })
}

async function end(
  all: Ceremonies,
  ceremony: CeremonyRow,
  state: CeremonyState,
  reason: 'altered' | 'unsigned' | 'lost' | 'obsolete' | null = null,
): Promise<void> {
  await move(all, ceremony, { state, reason, endedAt: all.now })
}

async function move(
  { db, territory, provider, now }: Ceremonies,
  ceremony: CeremonyRow,
  change: Parameters<typeof moveCeremony>[2] & { state: CeremonyState },
): Promise<void> {
  await inTerritory(db, { territoryId: territory.id }, async (tx) => {
    if (!(await moveCeremony(tx, ceremony, change))) return
    await note(tx, {
      territoryId: territory.id,
      at: now,
      personId: undefined,
      action: `signature.${change.state}`,
      subjectId: ceremony.documentId,
      details: {
        ceremony: ceremony.id,
        party: ceremony.party,
        provider: provider.name,
        ...(change.reason && { reason: change.reason }),
      },
    })
  })
}
