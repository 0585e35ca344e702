import { type Campaign, campaignById } from '#campaigns'
import type { Day, Minutes } from '#kit'
import { found, type Place } from '#people'
import { lawOn, type Tx } from '#platform'
import { stepsOf } from '../course-store.ts'
import type { Award } from '../store.ts'
import { type ReportFacts, type ReportStep, reportDueOn } from './rules.ts'

/** Hours of one skill for one association: opened by the award, done, and not used. */
export type HoursUsed = {
  family: string
  allocatedMinutes: Minutes
  doneMinutes: Minutes
  lostMinutes: Minutes
}

/** The missions come after this room: what became of the hours is told to it from outside. */
export type AwardReaders = {
  hoursUsed: (tx: Tx, campaign: Campaign, award: Award) => Promise<HoursUsed[]>
}

export async function reportFacts(
  { tx, territory, today }: Place,
  award: Award,
): Promise<ReportFacts<ReportStep>> {
  const campaign = found(await campaignById(tx, territory.id, award.campaignId))
  const steps = await stepsOf(tx, territory.id, [award.id])
  return factsOf(award, steps.get(award.id) ?? [], { campaign, today })
}

export function factsOf(
  { paidCents, repaidCents }: Award,
  steps: ReportStep[],
  { campaign, today }: { campaign: Campaign; today: Day },
): ReportFacts<ReportStep> {
  const dueOn = reportDueOn(campaign.year, lawOn(today).financialReportMonths)
  return { dueOn, steps, paidCents, repaidCents, today }
}
