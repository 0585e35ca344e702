import { note } from '#journal'
import { newId, type Refused, refusal } from '#kit'
import { actorOf, deed, found, type Place } from '#people'
import {
  type CeremonyRow,
  ceremonyById,
  insertCeremony,
  lastCeremonyOn,
  moveCeremony,
  underWay,
} from './ceremonies-store.ts'
import { insideProvider, type Moment } from './provider.ts'
import { type Party, wholeWith } from './rules.ts'
import type { DocumentRow } from './store.ts'

type Asked = { party: Party; capacity: string }
type MomentBy = Moment & { provider: string }

/**
 * What is kept of the moment at which this person signs: now, inside METIS. Where agreements are signed
 * at a provider, the first press asks for a ceremony there (undefined: to be waited for), and the deed
 * is done again in the person's name when it comes back signed.
 */
export async function momentOfSignature(
  place: Place,
  document: DocumentRow,
  asked: Asked,
): Promise<MomentBy | Refused | undefined> {
  const isElsewhere = place.signedElsewhere && wholeWith[document.kind]
  return isElsewhere
    ? momentElsewhere(place, document, asked)
    : momentInside(place, document, asked)
}

async function momentInside(
  place: Place,
  { number, title, pdf }: DocumentRow,
  { party, capacity }: Asked,
): Promise<MomentBy> {
  const provider = insideProvider(place)
  const { name, email } = actorOf(place)
  const signatories = [{ party, name, email, capacity }]
  const asked = { id: newId(), document: { number, title, pdf }, signatories }
  const { reference } = await provider.start(asked)
  const { evidence } = await provider.takeBack(reference)
  return { ...evidence, provider: provider.name }
}

async function momentElsewhere(
  place: Place,
  document: DocumentRow,
  { party, capacity }: Asked,
): Promise<MomentBy | Refused | undefined> {
  const { tx, territory, now, as, signedElsewhere } = place
  const { personId } = actorOf(place)
  const last = await lastCeremonyOn(tx, territory.id, document.id)
  const isOwn = last?.personId === personId && last.party === party
  if (last?.state === 'signed' && isOwn)
    return { network: null, userAgentSha256: null, method: null, provider: last.provider }
  // Pressed twice, it is asked for once.
  if (last && underWay.includes(last.state))
    return isOwn ? undefined : { refusals: [refusal('documents:refused.someoneIsSigning')] }
  if (!as || !signedElsewhere) throw new Error('nobody signs elsewhere for nobody')
  const id = newId()
  await insertCeremony(tx, {
    territoryId: territory.id,
    id,
    documentId: document.id,
    party,
    personId,
    organisationId: as.organisation.id,
    role: as.role,
    capacity: capacity.trim(),
    provider: signedElsewhere.name,
    askedAt: now,
    state: 'asked',
    reference: null,
    link: null,
    reason: null,
    endedAt: null,
  })
  const details = { ceremony: id, party, provider: signedElsewhere.name }
  await note(tx, { ...deed(place), action: 'signature.asked', subjectId: document.id, details })
  return undefined
}

/** Where a signature asked elsewhere stands, for a page; nothing is asked where METIS itself signs. */
export async function ceremonyOn(
  { tx, territory, signedElsewhere }: Place,
  documentId: string | undefined,
): Promise<CeremonyRow | undefined> {
  return signedElsewhere && documentId ? lastCeremonyOn(tx, territory.id, documentId) : undefined
}

/** Whoever asked for it gives it up: the provider is told, unless it says that all is signed. */
export async function withdrawCeremony(place: Place, id: string): Promise<CeremonyRow> {
  const { tx, territory } = place
  const ceremony = await ceremonyById(tx, territory.id, id)
  const own = found(ceremony?.personId === actorOf(place).personId ? ceremony : undefined)
  if (own.state !== 'asked' && own.state !== 'open') return own
  await moveCeremony(tx, own, { state: 'withdrawn' })
  const details = { ceremony: id, party: own.party }
  await note(tx, {
    ...deed(place),
    action: 'signature.withdrawn',
    subjectId: own.documentId,
    details,
  })
  return own
}
