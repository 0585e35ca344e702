import { type Minutes, type Refusal, refusal } from '#kit'

export const states = [
  'draft',
  'pledging',
  'applying',
  'reviewing',
  'deliberating',
  'executing',
  'reporting',
  'closed',
] as const

export type CampaignState = (typeof states)[number] | 'cancelled'

/** What has happened so far, counted by the ledger. */
export type Progress = { confirmedMinutes: Minutes; hasExecutoryAward: boolean }

export function nextState(state: CampaignState): CampaignState | undefined {
  if (state === 'cancelled') return undefined
  return states[states.indexOf(state) + 1]
}

/** Before the council's decision is executed, a season may still be called off. */
export function mayBeCancelled(state: CampaignState): boolean {
  return state !== 'cancelled' && states.indexOf(state) < states.indexOf('executing')
}

/** Why this season cannot enter that state now (DOMAIN 8.3): empty when it can. */
export function refusalsToEnter(
  state: CampaignState,
  from: CampaignState,
  progress: Progress,
): Refusal[] {
  if (state === 'cancelled')
    return mayBeCancelled(from) ? [] : [refusal('campaigns:refused.tooLateToCancel')]
  if (state !== nextState(from)) return [refusal('campaigns:refused.notNext')]
  if (state === 'applying' && progress.confirmedMinutes === 0n)
    return [refusal('campaigns:refused.noConfirmedPledge')]
  if (state === 'executing' && !progress.hasExecutoryAward)
    return [refusal('campaigns:refused.noExecutoryAward')]
  return []
}
