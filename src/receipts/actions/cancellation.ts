import { note } from '#journal'
import { type Refused, refusal } from '#kit'
import { reverse } from '#ledger'
import { tell } from '#notices'
import { actorOf, deed, found, inNameOf, type Place } from '#people'
import { takeTurn } from '#platform'
import { receiptNumber } from '../issue.ts'
import { insertCancellation, receiptById } from '../store.ts'

/** A wrong receipt is cancelled, never erased: its hours go back to DONE and may be receipted anew. */
export async function cancelReceipt(
  place: Place,
  receiptId: string,
  input: { reason: string },
): Promise<{ id: string } | Refused> {
  const { tx, territory, now } = place
  await takeTurn(tx, territory.id)
  const receipt = found(await receiptById(tx, territory.id, receiptId))
  const own = found(inNameOf(place, receipt.associationId, ['association.representative']))
  const reason = input.reason.trim()
  const refusals = []
  if (receipt.cancellation) refusals.push(refusal('receipts:refused.cancelledAlready'))
  if (reason === '') refusals.push(refusal('receipts:refused.noReason', { field: 'reason' }))
  if (refusals.length > 0) return { refusals }
  const { personId } = actorOf(own)
  const cancellation = { receiptId: receipt.id, reason, cancelledBy: personId, cancelledAt: now }
  await insertCancellation(tx, { territoryId: territory.id, ...cancellation })
  await reverse(tx, {
    territoryId: territory.id,
    entryId: receipt.ledgerEntryId,
    day: own.today,
    at: now,
    personId,
    reason: 'receipt.cancelled',
  })
  await note(tx, { ...deed(own), action: 'receipt.cancelled', subjectId: receipt.id })
  const to = { organisationId: receipt.companyId, role: 'company.csr' as const }
  const values = { association: receipt.associationName, number: receiptNumber(receipt), reason }
  await tell(own, to, 'receipts:notice.cancelled', values)
  return { id: receipt.id }
}
