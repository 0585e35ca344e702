import type { Campaign } from '#campaigns'
import { type Minutes, minutes } from '#kit'
import type { Tx } from '#platform'
import { type Level, levelsOf, type Pledge } from './rules.ts'

/** What associations ask of a skill, over a season; never which association. */
export type SkillAsked = { family: string; askedMinutes: Minutes; associations: number }

/** Applications come after pledges in the order of rooms: what they ask is told from outside. */
export type NeedsReader = (tx: Tx, campaign: Campaign) => Promise<Needs>
export type Needs = { lastYear: SkillAsked[]; soFar: SkillAsked[] }

export type Mark = Level & {
  lastYearMinutes: Minutes
  /** Undefined while too few associations ask: it would tell what one of them asks. */
  askedMinutes: Minutes | undefined
  /** Looked for and promised by nobody yet. */
  missingMinutes: Minutes
}

/** Below this, a sum of drafts would say what one association has not handed over yet. */
export const ASSOCIATIONS_MIN = 3

/** Needs against promises, skill by skill: the bigger of last year's needs and of those known so far. */
export function marksOf(families: string[], pledges: Pledge[], needs: Needs): Mark[] {
  return levelsOf(families, pledges).map((level) => {
    const lastYearMinutes = sumOf(needs.lastYear, level.family, 1) ?? minutes(0)
    const askedMinutes = sumOf(needs.soFar, level.family, ASSOCIATIONS_MIN)
    const most = mostOf([lastYearMinutes, askedMinutes ?? 0n, level.promisedMinutes])
    return {
      ...level,
      lastYearMinutes,
      askedMinutes,
      missingMinutes: minutes(most - level.promisedMinutes),
    }
  })
}

/** Of several durations, the longest. */
function mostOf(values: bigint[]): bigint {
  let most = 0n
  for (const value of values) if (value > most) most = value
  return most
}

function sumOf(asked: SkillAsked[], family: string, associationsMin: number): Minutes | undefined {
  const one = asked.find((skill) => skill.family === family)
  return one && one.associations >= associationsMin ? one.askedMinutes : undefined
}

/** The skills to ask companies for, the most missing first. */
export function missingOf(marks: Mark[]): Mark[] {
  return marks
    .filter(({ missingMinutes }) => missingMinutes > 0n)
    .sort((one, other) => Number(other.missingMinutes - one.missingMinutes))
}
