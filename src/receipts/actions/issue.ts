import { giftReceiptPdf, makeDocument, sign } from '#documents'
import { note } from '#journal'
import { dayOf, isRefused, newId, type Refused, yearOf } from '#kit'
import { type AccountRef, post } from '#ledger'
import { type Mission, missionById } from '#missions'
import { tell } from '#notices'
import { actorOf, deed, found, inNameOf, organisationById, type Place } from '#people'
import { lawOn, takeTurn } from '#platform'
import { hoursToReceipt, valuationOf } from '../hours.ts'
import { issueRefusals, type Receipt, receiptNumber, type Signing } from '../issue.ts'
import { type ReceiptParts, receiptContent } from '../papers.ts'
import { insertReceipt, nextNumber, receiptsFor } from '../store.ts'
import { minutesOf } from '../valuation.ts'

/** The association's representative signs and issues the receipt: numbered, sealed, posted, told. */
export async function issueReceipt(
  place: Place,
  missionId: string,
  input: Signing,
): Promise<{ id: string } | Refused> {
  const { mission, own } = await missionToReceipt(place, missionId)
  const { entries, barredMinutes } = await hoursToReceipt(own, mission)
  const valuation = await valuationOf(own, mission.id)
  const association = found(await organisationById(own.tx, mission.associationId))
  const company = found(await organisationById(own.tx, mission.companyId))
  const signing = {
    ...input,
    capacity: input.capacity.trim(),
    categoryLabel: input.categoryLabel.trim(),
  }
  const refusals = issueRefusals({
    valuation,
    entries,
    mayReceiveHours: entries.length > 0 || barredMinutes === 0n,
    association,
    company,
    signing,
  })
  if (refusals.length > 0 || !valuation) return { refusals }
  const receipt = await writeReceipt(own, {
    mission,
    valuation,
    entries,
    signing,
    association,
    company,
  })
  const details = { number: receiptNumber(receipt), receiptedMinutes: receipt.receiptedMinutes }
  await note(own.tx, { ...deed(own), action: 'receipt.issued', subjectId: receipt.id, details })
  await tell(
    own,
    { organisationId: mission.companyId, role: 'company.csr' },
    'receipts:notice.issued',
    { association: mission.associationName, link: `${own.url}/receipts/${receipt.id}.pdf` },
  )
  return { id: receipt.id }
}

async function missionToReceipt(place: Place, missionId: string) {
  await takeTurn(place.tx, place.territory.id)
  const mission = found(await missionById(place.tx, place.territory.id, missionId))
  const own = found(inNameOf(place, mission.associationId, ['association.representative']))
  return { mission, own }
}

async function writeReceipt(
  place: Place,
  parts: Omit<ReceiptParts, 'id' | 'number' | 'year'>,
): Promise<Pick<Receipt, 'id' | 'year' | 'number' | 'receiptedMinutes'>> {
  const { mission, valuation, entries, signing } = parts
  const { territoryId, associationId, companyId } = mission
  const id = newId()
  const year = yearOf(dayOf(place.now))
  const number = await nextNumber(place.tx, territoryId, { associationId, year })
  const content = await receiptContent(place, { ...parts, id, number, year })
  const asked = {
    territoryId,
    at: place.now,
    kind: 'gift_receipt' as const,
    subjectId: id,
    title: place.say('receipts:paper.title', { number: receiptNumber({ year, number }) }),
    content,
  }
  const document = await makeDocument(place.tx, asked, ({ verificationCode }) => {
    const verification = { address: `${place.url}/verify`, code: verificationCode }
    return giftReceiptPdf({ ...content, verification })
  })
  const { capacity } = signing
  const signed = await sign(place, { documentId: document.id, party: 'association', capacity })
  if (isRefused(signed)) throw new Error('the capacity was checked before')
  const receiptedMinutes = minutesOf(entries)
  const moved = await postReceipted(place, mission, { id, amount: receiptedMinutes })
  const receipt = {
    id,
    associationId,
    companyId,
    missionId: mission.id,
    valuationId: valuation.id,
    year,
    number,
    cerfaVersion: lawOn(place.today).cerfaCompanyReceipt,
    valueCents: valuation.valueCents,
    receiptedMinutes,
    fromDay: content.from,
    toDay: content.to,
    documentId: document.id,
    ledgerEntryId: moved.id,
    issuedBy: actorOf(place).personId,
    issuedAt: place.now,
    replacesId: await cancelledToReplace(place, mission),
  }
  const entryIds = entries.map((entry) => entry.id)
  await insertReceipt(place.tx, territoryId, receipt, entryIds)
  return receipt
}

async function postReceipted(
  place: Place,
  mission: Mission,
  { id, amount }: { id: string; amount: bigint },
): Promise<{ id: string }> {
  const { campaignId, companyName, associationName } = mission
  const account = (kind: 'DONE' | 'RECEIPTED', subjectId: string): AccountRef => ({
    book: 'hours',
    kind,
    campaignId,
    subjectId,
    label: `${companyName} → ${associationName}`,
  })
  return post(place.tx, {
    territoryId: mission.territoryId,
    book: 'hours',
    day: place.today,
    at: place.now,
    personId: place.actor?.personId,
    reason: 'receipt.issued',
    subjectId: id,
    moves: [{ from: account('DONE', mission.id), to: account('RECEIPTED', id), amount }],
  })
}

/** The latest cancelled receipt of the mission that nothing replaces yet. */
async function cancelledToReplace(place: Place, mission: Mission): Promise<string | null> {
  const all = await receiptsFor(place.tx, mission.territoryId, [mission.id])
  const replaced = new Set(all.map(({ replacesId }) => replacesId))
  const cancelled = all.filter(({ id, cancellation }) => cancellation && !replaced.has(id))
  return cancelled.at(-1)?.id ?? null
}
