/** `companies`: Recherche d'entreprises (Sirene). `associations`: API Association (RNA and Sirene). */
export const registrySources = ['companies', 'associations'] as const
export type RegistrySource = (typeof registrySources)[number]

/**
 * `unknown`: it knows no such number. `unreadable`: it answered something else than it promises.
 * `silent`: it did not answer in time, or said that it could not.
 */
export type Outcome = 'found' | 'unknown' | 'unreadable' | 'silent'

export type RegistryAnswer = {
  source: RegistrySource
  outcome: Outcome
  /** Answers of the form by their names. */
  given: Record<string, string>
  at: Date
}

export type RegistryCheck = {
  id: string
  applicationId: string
  identifier: string
  askedAt: Date
  answers: RegistryAnswer[]
}

/** Minutes to wait before each try; after the last one the person is left to the paper in their hands. */
const WAITS_MINUTES = [0, 1, 5, 15, 60, 240, 720, 1440, 1440, 1440]

/** How long a look-up may wait for its register, in all. */
export const PATIENCE_DAYS = 7

export type CheckState = 'waiting' | 'answered' | 'given up'

/** What became of the question put to one register. */
export function stateOf({ answers }: RegistryCheck, source: RegistrySource): CheckState {
  const own = answers.filter((answer) => answer.source === source)
  if (own.some(({ outcome }) => outcome === 'found' || outcome === 'unknown')) return 'answered'
  return own.length < WAITS_MINUTES.length ? 'waiting' : 'given up'
}

/** Tries without an answer after which somebody should know that a register fails. */
const SILENT_TRIES = 3

/** Whether a register has been asked and asked again, in vain. */
export function isSilent(check: RegistryCheck): boolean {
  return registrySources.some((source) => {
    const tries = check.answers.filter((answer) => answer.source === source).length
    return stateOf(check, source) !== 'answered' && tries >= SILENT_TRIES
  })
}

/** Whether the register should be asked now: each silence makes the next try later. */
export function isDue(check: RegistryCheck, source: RegistrySource, now: Date): boolean {
  if (stateOf(check, source) !== 'waiting') return false
  const own = check.answers.filter((answer) => answer.source === source)
  const last = own.at(-1)?.at ?? check.askedAt
  const wait = (WAITS_MINUTES[own.length] ?? 0) * 60_000
  return now.getTime() >= last.getTime() + wait
}
