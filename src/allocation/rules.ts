import type { Deposited } from '#applications'
import type { CampaignState } from '#campaigns'
import { type Cents, cents, minutes, type Refusal, refusal, sumMinutes } from '#kit'
import type { Problem, Result } from './engine/index.ts'
import type { ProposedLine } from './lines.ts'

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

/** The engine's numbers back in the season's words, in order of name. */
export function linesOf(
  { problem, result }: { problem: Problem; result: Result },
  deposited: Deposited[],
  reasonsFor: (associationId: string) => ProposedLine['reasons'],
): ProposedLine[] {
  const results = new Map(result.lines.map((line) => [line.associationId, line]))
  const pools = new Map(problem.pools.map((pool) => [pool.id, pool]))
  const requests = new Map(deposited.map((one) => [one.associationId, one]))
  const lines = problem.associations.flatMap((claimant): ProposedLine[] => {
    const given = results.get(claimant.id)
    const request = requests.get(claimant.id)
    if (!given || !request) return []
    const measure = claimant.baselineCents > 0 ? claimant.baselineCents : claimant.referenceCents
    return [
      {
        applicationId: request.id,
        associationId: claimant.id,
        associationName: request.associationName,
        envelopeId: claimant.envelopeId,
        projectTitle: request.projectTitle,
        baselineCents: cents(claimant.baselineCents),
        askedCents: cents(request.askedCents),
        askedMinutes: sumMinutes(request.needs.map(({ maxMinutes }) => maxMinutes)),
        referenceCents: cents(claimant.referenceCents),
        cashCents: cents(given.cashCents),
        hours: given.hours.map((own) => {
          const pool = pools.get(own.poolId)
          return {
            needId: own.needId,
            pledgeId: own.poolId,
            companyId: pool?.companyId ?? '',
            companyName: pool?.companyName ?? '',
            family: pool?.family ?? '',
            minutes: minutes(own.minutes),
          }
        }),
        totalCents: cents(given.totalCents),
        ratio: given.totalCents / measure,
        reasons: reasonsFor(claimant.id),
      },
    ]
  })
  return lines.sort((a, b) => a.associationName.localeCompare(b.associationName, 'fr'))
}
