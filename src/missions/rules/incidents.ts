import {
  addDays,
  type Calendar,
  type Day,
  dayOf,
  instantAt,
  isRestDay,
  type Refusal,
  refusal,
  zoneOf,
} from '#kit'
import type { Law } from '#platform'
import type { Mission } from './states.ts'

export const incidentKinds = [
  'accident',
  'danger',
  'damage',
  'conduct',
  'absence',
  'other',
] as const
export type IncidentKind = (typeof incidentKinds)[number]

export const incidentSteps = ['employer_told', 'declared', 'closed'] as const
export type IncidentStep = (typeof incidentSteps)[number]
/** Those that the law gives a time for. */
export type TimedStep = Exclude<IncidentStep, 'closed'>

/** Whose word it is: the one who helps, or one of the two organisations. */
export type Side = 'employee' | 'association' | 'company'

export type Incident = {
  territoryId: string
  id: string
  missionId: string
  kind: IncidentKind
  happenedAt: Date
  side: Side
  byName: string
  reportedAt: Date
  steps: StepDone[]
}

/** What the delays of the law are counted from. */
export type Counted = Pick<Incident, 'kind' | 'side' | 'happenedAt' | 'reportedAt' | 'steps'>

export type StepDone = { step: IncidentStep; doneAt: Date; byName: string }

/** In the words of the three: at the report, then at each step. */
export type IncidentWords = Partial<Record<'report' | IncidentStep, string>>

export type IncidentState = 'reported' | 'employer_told' | 'declared' | 'closed'

/** DOMAIN 8.3: the state is the furthest step that was said. */
export function incidentStateOf({ steps }: Pick<Incident, 'steps'>): IncidentState {
  const said = new Set(steps.map(({ step }) => step))
  return incidentSteps.findLast((step) => said.has(step)) ?? 'reported'
}

export type Timer = { step: TimedStep; dueAt: Date; doneAt: Date | undefined }

/**
 * Who must be told of an accident, and until when. CSS art. R.441-2: the employee tells the employer
 * within 24 h; art. L.412-4: so does the association that employs their time; art. R.441-3: the employer
 * declares within 48 h of knowing, Sundays and public holidays aside.
 */
export function timersOf(incident: Counted, law: Law, calendar: Calendar): Timer[] {
  if (incident.kind !== 'accident') return []
  const doneAt = (step: TimedStep) => incident.steps.find((one) => one.step === step)?.doneAt
  const told = knownAt(incident)
  const hours = Math.min(law.accidentToldEmployerHours, law.accidentUserTellsHours)
  return [
    {
      step: 'employer_told',
      dueAt: new Date(incident.happenedAt.getTime() + hours * HOUR_MILLISECONDS),
      doneAt: told,
    },
    {
      step: 'declared',
      // METIS wrote to the employer when the accident was reported: it counts from there at the latest.
      dueAt: afterOpenHours(told ?? incident.reportedAt, law.accidentDeclaredHours, calendar),
      doneAt: doneAt('declared'),
    },
  ]
}

const HOUR_MILLISECONDS = 3_600_000

/** A company that reports an accident knows of it. */
function knownAt({ side, reportedAt, steps }: Counted): Date | undefined {
  const told = steps.find(({ step }) => step === 'employer_told')?.doneAt
  return told ?? (side === 'company' ? reportedAt : undefined)
}

/** So many hours later, those of Sundays and public holidays not counted. */
export function afterOpenHours(since: Date, hours: number, calendar: Calendar): Date {
  const zone = zoneOf(calendar)
  let left = hours * HOUR_MILLISECONDS
  let at = since.getTime()
  for (;;) {
    const on = dayOf(new Date(at), zone)
    const midnight = instantAt(addDays(on, 1), '00:00', zone)?.getTime() ?? at
    if (!isRestDay(on, calendar)) {
      if (left <= midnight - at) return new Date(at + left)
      left -= midnight - at
    }
    at = midnight
  }
}

/** Six hours before, then once it is over: never a third time. */
export function reminderDue({ dueAt, doneAt }: Timer, now: Date): { isLate: boolean } | undefined {
  if (doneAt || now.getTime() < dueAt.getTime() - WARNED_MILLISECONDS) return undefined
  return { isLate: now > dueAt }
}

const WARNED_MILLISECONDS = 6 * HOUR_MILLISECONDS

export type Reported = { kind: string; happenedAt: Date | undefined; words: string }

const WORDS_MAX = 500

export function reportRefusals(mission: Mission, asked: Reported, now: Date): Refusal[] {
  const { agreement } = mission
  if (!agreement?.effectiveAt) return [refusal('incidents:refused.notStarted')]
  const refusals: Refusal[] = []
  if (!incidentKinds.some((kind) => kind === asked.kind))
    refusals.push(refusal('incidents:refused.kind', { field: 'kind' }))
  refusals.push(...momentRefusals(asked.happenedAt, { from: agreement.startsOn, now }))
  if (asked.words === '') refusals.push(refusal('incidents:refused.words', { field: 'words' }))
  if (asked.words.length > WORDS_MAX)
    refusals.push(refusal('incidents:refused.wordsTooLong', { field: 'words', most: WORDS_MAX }))
  return refusals
}

function momentRefusals(
  moment: Date | undefined,
  { from, now }: { from: Day | Date; now: Date },
): Refusal[] {
  const say = (code: string) => [refusal(`incidents:refused.${code}`, { field: 'day' })]
  if (!moment) return say('when')
  if (moment > now) return say('future')
  const isBefore = from instanceof Date ? moment < from : dayOf(moment) < from
  return isBefore ? say('tooEarly') : []
}

export type AskedStep = { step: string; doneAt: Date | undefined; words: string }

/** Who may say which step: anybody of the three that the employer knows, the employer what it declared. */
export function mayStep(incident: Incident, step: IncidentStep, side: Side): boolean {
  const state = incidentStateOf(incident)
  const isSaid = incident.steps.some((one) => one.step === step)
  if (state === 'closed' || isSaid) return false
  if (step === 'closed') return side !== 'employee'
  if (incident.kind !== 'accident') return false
  return step === 'declared' ? side === 'company' : knownAt(incident) === undefined
}

export function stepOfIncidentRefusals(
  incident: Incident,
  asked: AskedStep,
  { side, now }: { side: Side; now: Date },
): Refusal[] {
  const step = incidentSteps.find((one) => one === asked.step)
  if (!step || !mayStep(incident, step, side)) return [refusal('incidents:refused.step')]
  const refusals = momentRefusals(asked.doneAt, { from: incident.happenedAt, now })
  const isDeclared = incident.steps.some((one) => one.step === 'declared')
  const isOpenAccident = incident.kind === 'accident' && !isDeclared
  // An accident that nobody declared is closed by the employer alone, who says why.
  if (step === 'closed' && isOpenAccident && (side !== 'company' || asked.words === ''))
    refusals.push(refusal('incidents:refused.notDeclared', { field: 'stepWords' }))
  if (asked.words.length > WORDS_MAX)
    refusals.push(
      refusal('incidents:refused.wordsTooLong', { field: 'stepWords', most: WORDS_MAX }),
    )
  return refusals
}
