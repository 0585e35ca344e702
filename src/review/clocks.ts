import {
  addDays,
  addMonths,
  addWorkingDays,
  type Calendar,
  type Day,
  dayOf,
  daysBetween,
  workingDayUntil,
  zoneOf,
} from '#kit'
import { lawOn } from '#platform'
import type { CompletenessCheck } from './rules.ts'

/** The two delays of the law on one deposited file. */
export type Clocks = {
  /** The last day to acknowledge the file (CRPA art. R.112-11-1): the first check does so. */
  acknowledgeBy: Day
  isAcknowledged: boolean
  /** The day on which silence rejects the file (CRPA art. L.231-4, 3°); undefined while it is stopped. */
  silenceOn: Day | undefined
  /** The last working day on which the commune still decides before that. */
  decideBy: Day | undefined
  /** Until when the association has to answer, while the clock is stopped (art. L.114-5). */
  stoppedUntil: Day | undefined
  /** Days already taken out of the two months. */
  stoppedDays: number
}

export type Where = { calendar: Calendar; today: Day }

export function clocksOf(
  file: { depositedAt: Date; checks: CompletenessCheck[] },
  { calendar, today }: Where,
): Clocks {
  const zone = zoneOf(calendar)
  const depositedOn = dayOf(file.depositedAt, zone)
  const { acknowledgeBy, legal, decideBy } = delaysFrom(depositedOn, calendar)
  const stops = file.checks.flatMap(
    (check, rank) => stopOf(check, file.checks[rank + 1], zone) ?? [],
  )
  const running = stops.find(({ until }) => until === undefined || until > today)
  const stoppedDays = stops.reduce(
    (sum, { from, until }) => sum + daysBetween(from, earliest(until ?? today, today)),
    0,
  )
  const isStopped = running !== undefined && isWaiting(file.checks)
  const silenceOn = isStopped ? undefined : stoppedDays === 0 ? legal : addDays(legal, stoppedDays)
  return {
    acknowledgeBy,
    isAcknowledged: file.checks.length > 0,
    silenceOn,
    decideBy: silenceOn === legal ? decideBy : silenceOn && workingDayUntil(silenceOn, calendar),
    stoppedUntil: silenceOn ? undefined : running?.until && addDays(running.until, -1),
    stoppedDays,
  }
}

// Two thousand files are handed over on some sixty days: each day is computed once.
const delays = new Map<string, { acknowledgeBy: Day; legal: Day; decideBy: Day }>()

function delaysFrom(depositedOn: Day, calendar: Calendar) {
  const key = `${calendar} ${depositedOn}`
  const known = delays.get(key)
  if (known) return known
  const law = lawOn(depositedOn)
  const legal = addMonths(depositedOn, law.implicitRejectionMonths)
  const made = {
    acknowledgeBy: addWorkingDays(depositedOn, law.acknowledgementWorkingDays, calendar),
    legal,
    decideBy: workingDayUntil(legal, calendar),
  }
  delays.set(key, made)
  return made
}

type Stop = { from: Day; until: Day | undefined }

/**
 * From the request to its answer, to the next check or to the end of the delay it gave, whichever
 * comes first: the law stops the clock for that delay, not for ever. Requests of old without a delay
 * stop it until they are answered.
 */
function stopOf(
  { missing, checkedAt, answer, answerBy }: CompletenessCheck,
  next: CompletenessCheck | undefined,
  zone: string,
): Stop | undefined {
  if (missing === '') return undefined
  const ends = [answer?.answeredAt, next?.checkedAt].flatMap((at) => (at ? dayOf(at, zone) : []))
  if (answerBy) ends.push(addDays(answerBy, 1))
  return { from: dayOf(checkedAt, zone), until: ends.sort()[0] }
}

function isWaiting(checks: CompletenessCheck[]): boolean {
  const last = checks.at(-1)
  return last !== undefined && last.missing !== '' && !last.answer
}

function earliest(a: Day, b: Day): Day {
  return a < b ? a : b
}

/** How long before each delay the agent is warned: working days for one, plain days for the other. */
const ACKNOWLEDGE_WARNING_DAYS = 3
const SILENCE_WARNING_DAYS = 15

export type Warning = 'acknowledgeSoon' | 'acknowledgeLate' | 'silenceSoon' | 'silencePast'

/** What the calendar asks of the agent today about this file, which nobody has decided yet. */
export function warningsOf(clocks: Clocks, { calendar, today }: Where): Warning[] {
  const { acknowledgeBy, isAcknowledged, silenceOn, decideBy } = clocks
  const warnings: Warning[] = []
  if (!isAcknowledged) {
    const soon = addWorkingDays(today, ACKNOWLEDGE_WARNING_DAYS, calendar)
    if (today > acknowledgeBy) warnings.push('acknowledgeLate')
    else if (soon >= acknowledgeBy) warnings.push('acknowledgeSoon')
  }
  if (silenceOn && today >= silenceOn) warnings.push('silencePast')
  else if (decideBy && daysBetween(today, decideBy) <= SILENCE_WARNING_DAYS)
    warnings.push('silenceSoon')
  return warnings
}
