import { dayOf, formatDay } from '#kit'
import type { Place } from '#people'
import type { Shown } from './draft-form.tsx'

/** Under a value taken from an earlier file: where it comes from, and of what day. */
export function sourcesIn({ say, language }: Place, { authors }: Pick<Shown, 'authors'>) {
  return (answer: string, hint?: string): { hint?: string } => {
    const taken = authors.get(answer)?.takenFrom
    const told = taken && say('applications:draft.takenFrom', { day: dayOn(taken.depositedAt) })
    const whole = [hint, told].filter(Boolean).join(' ')
    return whole ? { hint: whole } : {}
  }
  function dayOn(instant: Date): string {
    return formatDay(dayOf(instant), language)
  }
}
