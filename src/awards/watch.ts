import type { Campaign } from '#campaigns'
import { partiesOf } from '#documents'
import type { Place } from '#people'
import { instalmentsOf, stepsOf } from './course-store.ts'
import { payFactsOf } from './instalments/actions.ts'
import { warningOf } from './instalments/rules.ts'

import { factsOf } from './reports/facts.ts'
import { owesReport, type ReportFacts, reportStateOf, wasHeard } from './reports/rules.ts'

import { type Award, adoptedAwards } from './store.ts'

/** What follows the vote asks of somebody today: one entry an award. */
export type AwardWatch = Record<Follow, string[]>

export const follows = [
  'unopened',
  'unanswered',
  'unsigned',
  'reportDue',
  'reportLate',
  'reportReturned',
  'reportNoticed',
  'repaymentAsked',
  'reportSubmitted',
  'noticeOver',
  'instalmentDue',
] as const
export type Follow = (typeof follows)[number]

/** Of one association, what it has to do; of all of them, what the commune has. */
export async function awardWatchOf(
  place: Place,
  campaign: Campaign,
  associationId?: string,
): Promise<AwardWatch> {
  const { tx, territory, today } = place
  const awards = (await adoptedAwards(tx, campaign)).filter(
    (award) => award.notifiedAt && (!associationId || award.associationId === associationId),
  )
  const ids = awards.map(({ id }) => id)
  const steps = await stepsOf(tx, territory.id, ids)
  const unsigned = associationId ? await unsignedOf(place, awards) : new Set()
  const dueIds = associationId ? new Set() : await instalmentsDue(place, awards)
  const watch = Object.fromEntries(follows.map((follow) => [follow, [] as string[]])) as AwardWatch
  for (const award of awards) {
    const facts = factsOf(award, steps.get(award.id) ?? [], { campaign, today })
    const found = [
      ...answersWaiting(award),
      ...(unsigned.has(award.id) ? (['unsigned'] as const) : []),
      ...(owesReport(award) ? reportWaiting(facts) : []),
      ...(dueIds.has(award.id) ? (['instalmentDue'] as const) : []),
    ]
    for (const follow of found) watch[follow].push(award.id)
  }
  return watch
}

/** The letter is read before it is answered. */
function answersWaiting({ openedAt, answer, decidedCents }: Award): Follow[] {
  if (!openedAt) return ['unopened']
  return !answer && decidedCents > 0n ? ['unanswered'] : []
}

function reportWaiting(facts: ReportFacts): Follow[] {
  const state = reportStateOf(facts)
  if (state === 'due') return ['reportDue']
  if (state === 'overdue') return ['reportLate']
  if (state === 'returned') return ['reportReturned']
  if (state === 'submitted') return ['reportSubmitted']
  if (state === 'repaymentAsked') return ['repaymentAsked']
  if (state !== 'noticed') return []
  return wasHeard(facts) ? ['reportNoticed', 'noticeOver'] : ['reportNoticed']
}

/** Those whose agreement is drawn, and not signed by the association. */
async function unsignedOf({ tx, territory }: Place, awards: Award[]): Promise<Set<string>> {
  const drawn = awards.filter(({ answer }) => answer?.answer !== 'declined')
  const documents = drawn.flatMap(({ agreementDocumentId }) => agreementDocumentId ?? [])
  const signed = await partiesOf(tx, territory.id, documents)
  const waits = ({ agreementDocumentId: id }: Award) =>
    id !== undefined && !signed.get(id)?.some(({ party }) => party === 'association')
  return new Set(drawn.filter(waits).map(({ id }) => id))
}

/** Those with a payment whose delay is over, or is soon. */
async function instalmentsDue(place: Place, awards: Award[]): Promise<Set<string>> {
  const ids = awards.map(({ id }) => id)
  const planned = await instalmentsOf(place.tx, place.territory.id, ids)
  if (planned.length === 0) return new Set()
  const facts = await payFactsOf(place, awards)
  return new Set(
    planned.flatMap((instalment) => {
      const known = facts.get(instalment.awardId)
      return known && warningOf(instalment, known) ? [instalment.awardId] : []
    }),
  )
}
