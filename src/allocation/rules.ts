import type { CampaignState } from '#campaigns'
import { type Cents, type Refusal, refusal } from '#kit'

/** A scenario may be computed as soon as reviews are, and until the council has decided. */
export function refusalsToCompute(state: CampaignState, admittedCount: number): Refusal[] {
  const refusals: Refusal[] = []
  if (state !== 'reviewing' && state !== 'deliberating')
    refusals.push(refusal('scenarios:refused.notNow'))
  if (admittedCount === 0) refusals.push(refusal('scenarios:refused.nobody'))
  return refusals
}

/** What is proposed can be paid: no envelope of the campaign is passed, and the seal holds. */
export function refusalsToPropose(facts: {
  state: CampaignState
  isProposed: boolean
  isSound: boolean
  lines: { envelopeId: string; cashCents: Cents }[]
  envelopes: { id: string; name: string; cashCents: Cents }[]
}): Refusal[] {
  const refusals: Refusal[] = []
  if (facts.state !== 'reviewing' && facts.state !== 'deliberating')
    refusals.push(refusal('scenarios:refused.notNow'))
  if (facts.isProposed) refusals.push(refusal('scenarios:refused.alreadyProposed'))
  if (!facts.isSound) refusals.push(refusal('scenarios:refused.broken'))
  for (const envelope of facts.envelopes) {
    const own = facts.lines.filter((line) => line.envelopeId === envelope.id)
    const given = own.reduce((sum, line) => sum + line.cashCents, 0n)
    if (given > envelope.cashCents)
      refusals.push(refusal('scenarios:refused.overEnvelope', { name: envelope.name }))
  }
  return refusals
}
