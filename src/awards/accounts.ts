import type { AccountRef } from '#ledger'
import type { Award } from './store.ts'

export function votedAccount(award: Award): AccountRef {
  const { campaignId, id: subjectId, associationName: label } = award
  return { book: 'cash', kind: 'VOTED', campaignId, subjectId, label }
}

/** Where the season's cash came from, and goes back to; the vote opened it under the season's title. */
export function envelopeAccount({ campaignId }: Award): AccountRef {
  return { book: 'cash', kind: 'OUTSIDE', campaignId, subjectId: campaignId, label: '' }
}
