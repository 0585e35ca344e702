import { type Cents, parseEuros, type Refusal, refusal } from '#kit'
import type { Typed } from '#platform'

export type ReportInput = { spentCents: Cents; whatChanged: string; peopleHelped: number | null }

/** Law 2000-321 art. 10: the association accounts for its earmarked grant within six months. */
export const REPORT_MONTHS = 6

export function reportFrom(
  typed: Typed,
  known: { cashCents: Cents; isReported: boolean },
): ReportInput | { refusals: Refusal[] } {
  const refusals: Refusal[] = []
  const spentCents = parseEuros(typed.spent ?? '')
  const whatChanged = (typed.whatChanged ?? '').trim()
  const people = (typed.peopleHelped ?? '').trim()
  if (known.isReported) refusals.push(refusal('impact:refused.alreadyReported'))
  if (spentCents === undefined || spentCents < 0n)
    refusals.push(refusal('impact:refused.spent', { field: 'spent' }))
  else if (spentCents > known.cashCents)
    refusals.push(refusal('impact:refused.moreThanGranted', { field: 'spent' }))
  if (whatChanged.length < 20)
    refusals.push(refusal('impact:refused.whatChanged', { field: 'whatChanged' }))
  if (!/^\d{0,6}$/.test(people))
    refusals.push(refusal('impact:refused.peopleHelped', { field: 'peopleHelped' }))
  if (refusals.length > 0 || spentCents === undefined) return { refusals }
  return { spentCents, whatChanged, peopleHelped: people === '' ? null : Number(people) }
}
