import type { Award } from './store.ts'

export type Stage =
  | 'rejected'
  | 'voted'
  | 'executory'
  | 'notified'
  | 'accepted'
  | 'declined'
  | 'paid'

/** How far an award has come (DOMAIN 8.3), and the colour that repeats it. */
export function stageOf(
  award: Pick<
    Award,
    'isAdopted' | 'executoryOn' | 'notifiedAt' | 'answer' | 'cashCents' | 'paidCents'
  >,
): { name: Stage; color: 'neutral' | 'info' | 'success' | 'warning' } {
  if (!award.isAdopted) return { name: 'rejected', color: 'neutral' }
  if (!award.executoryOn) return { name: 'voted', color: 'warning' }
  if (!award.notifiedAt) return { name: 'executory', color: 'warning' }
  const isPaid = award.cashCents > 0n && award.paidCents >= award.cashCents
  if (isPaid) return { name: 'paid', color: 'success' }
  if (award.answer?.answer === 'declined') return { name: 'declined', color: 'neutral' }
  return { name: award.answer ? 'accepted' : 'notified', color: 'info' }
}
