import { type Minutes, minutes, type Refusal, refusal, sumMinutes } from '#kit'
import { type Mission, type Part, stateOf } from './states.ts'

/** The mission on which people offer their help: the one that leads, else its own. */
export function leadOf(mission: Mission): Part {
  return mission.shared?.[0] ?? mission
}

export function isLed(mission: Mission): boolean {
  return leadOf(mission).id !== mission.id
}

/** Every mission shared with this one, itself included. */
export function partsOf(mission: Mission): Part[] {
  return mission.shared ?? [mission]
}

/** Those helped together: « A, B et C ». */
export function associationsOf(mission: Mission, language: string): string {
  return namesOf(partsOf(mission), language)
}

export function namesOf(parts: Pick<Part, 'associationName'>[], language: string): string {
  return new Intl.ListFormat(language).format(parts.map((one) => one.associationName))
}

export function sharedMinutes(mission: Mission): Minutes {
  return sumMinutes(partsOf(mission).map(({ agreedMinutes }) => agreedMinutes))
}

/** Why this mission cannot invite others, or leave those it is shared with. */
export function sharingRefusals(mission: Mission): Refusal[] {
  return stateOf(mission) === 'open' ? [] : [refusal('sharing:refused.notOpen')]
}

const QUARTER_MINUTES = 15n

/**
 * Hours given to several associations at once, in equal quarter hours; the quarters that do not divide go
 * where most is left. Answers one figure for each `left`, their sum `worked`; where less is left than
 * `worked`, what is over stays with the first, so that the rule of each mission says so.
 */
export function sharedOut(worked: Minutes, left: Minutes[]): Minutes[] {
  const parts = left.map((most, rank) => ({ rank, most, given: 0n }))
  let rest: bigint = worked
  while (rest >= QUARTER_MINUTES) {
    const [next] = parts
      .filter(({ most, given }) => most - given >= QUARTER_MINUTES)
      .sort((a, b) => Number(a.given - b.given) || Number(b.most - a.most) || a.rank - b.rank)
    if (!next) break
    next.given += QUARTER_MINUTES
    rest -= QUARTER_MINUTES
  }
  return parts.map(({ rank, given }) => minutes(rank === 0 ? given + rest : given))
}
