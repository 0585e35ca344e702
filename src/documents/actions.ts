import { note } from '#journal'
import { canonicalJson, dayOf, newId, type Refused, yearOf } from '#kit'
import { actorOf, deed, Forbidden, found, type Place } from '#people'
import { sha256, type Tx, takeTurn } from '#platform'
import { momentOfSignature } from './ceremonies.ts'
import {
  type DocumentKind,
  newVerificationCode,
  numberOf,
  type Party,
  refusalsOfSignature,
  signatoryRoles,
} from './rules.ts'
import { sealWhenWhole } from './sealing.ts'
import {
  type DocumentRow,
  documentById,
  insertDocument,
  insertSignature,
  lastRank,
  type Signature,
  signaturesOf,
} from './store.ts'

/** What a document carries to be cited and checked: printed on it by its template. */
export type DocumentIdentity = { number: string; verificationCode: string }

export type NewDocument = {
  territoryId: string
  at: Date
  kind: DocumentKind
  subjectId: string
  title: string
  /** What the document says, as data: amounts and instants are written as canonical JSON. */
  content: object
}

/**
 * Numbers, draws and keeps a PDF for ever. Numbers have no gap: they are given in the caller's
 * transaction, in turn, and come back when it fails.
 */
export async function makeDocument(
  tx: Tx,
  asked: NewDocument,
  render: (identity: DocumentIdentity) => Promise<Uint8Array> | Uint8Array,
): Promise<DocumentRow> {
  const { territoryId, at, kind, subjectId, title, content } = asked
  await takeTurn(tx, territoryId)
  const year = yearOf(dayOf(at))
  const rank = (await lastRank(tx, territoryId, { kind, year })) + 1
  const identity = { number: numberOf(year, rank), verificationCode: newVerificationCode() }
  const pdf = await render(identity)
  const row: DocumentRow = {
    territoryId,
    id: newId(),
    kind,
    year,
    rank,
    ...identity,
    subjectId,
    title,
    content,
    pdf,
    sha256: sha256(pdf),
    madeAt: at,
  }
  await insertDocument(tx, row, canonicalJson(content))
  return row
}

/** `signedBy`: every party that has signed by now; this one too, unless its provider is still awaited. */
export type Signed = { documentId: string; signedBy: Party[] }

/**
 * Signs the very bytes of a document, for one party, as the person of this request (simple level of
 * eIDAS art. 25). The caller has checked that the document concerns the person's organisation.
 */
export async function sign(
  place: Place,
  asked: { documentId: string; party: Party; capacity: string },
): Promise<Signed | Refused> {
  const { tx, territory } = place
  const actor = actorOf(place)
  if (!place.as || !signatoryRoles[asked.party].includes(place.as.role)) throw new Forbidden()
  await takeTurn(tx, territory.id)
  const document = found(await documentById(tx, territory.id, asked.documentId))
  const signatures = await signaturesOf(tx, territory.id, document.id)
  const signedBy = signatures.map(({ party }) => party)
  const refusals = refusalsOfSignature(asked, signedBy)
  if (refusals.length > 0) return { refusals }
  if (sha256(document.pdf) !== document.sha256)
    throw new Error(`the bytes of document ${document.id} are not those that were sealed`)
  const moment = await momentOfSignature(place, document, asked)
  if (!moment) return { documentId: document.id, signedBy }
  if ('refusals' in moment) return moment
  const signature: Signature = {
    territoryId: territory.id,
    documentId: document.id,
    party: asked.party,
    personId: actor.personId,
    signatoryName: actor.name,
    signatoryCapacity: asked.capacity.trim(),
    documentSha256: document.sha256,
    signedAt: place.now,
    ...moment,
  }
  await insertSignature(tx, signature)
  await note(tx, {
    ...deed(place),
    action: 'document.signed',
    subjectId: document.id,
    details: { party: asked.party, sha256: document.sha256, provider: moment.provider },
  })
  await sealWhenWhole({ tx, territoryId: territory.id, seal: place.seal, now: place.now }, document)
  return { documentId: document.id, signedBy: [...signedBy, asked.party] }
}
