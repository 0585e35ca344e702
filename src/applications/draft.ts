import { type Refusal, refusal } from '#kit'
import type { DraftNeed } from './rules.ts'

/** Half an hour: the step of hours asked and pledged. */
const STEP_MINUTES = 30n

/** What even a draft cannot hold, beside the field of its row: a blank row is `undefined`. */
export function refusalsForDraftNeeds(needs: (DraftNeed | undefined)[]): Refusal[] {
  return needs.flatMap((need, index) => (need ? refusalsForRow(need, index + 1) : []))
}

function refusalsForRow(need: DraftNeed, row: number): Refusal[] {
  const { minMinutes, maxMinutes, startsOn, endsOn } = need
  const refusals: Refusal[] = []
  const say = (code: string, name: string) =>
    refusals.push(refusal(code, { field: needField(row, name), rank: row }))
  for (const [name, asked] of [
    ['hoursMin', minMinutes],
    ['hoursMax', maxMinutes],
  ] as const)
    if (asked !== null && (asked <= 0n || asked % STEP_MINUTES !== 0n))
      say('applications:refused.notHalfHours', name)
  if (minMinutes !== null && maxMinutes !== null && maxMinutes < minMinutes)
    say('applications:refused.targetBelowMinimum', 'hoursMax')
  if (startsOn && endsOn && endsOn < startsOn) say('applications:refused.endsBeforeStart', 'endsOn')
  return refusals
}

/** The name of a field in a row of needs: also its id, to which refusals lead. */
export function needField(row: number, name: string): string {
  return `need${row}-${name}`
}
