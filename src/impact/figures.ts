import type { Campaign } from '#campaigns'
import { type Cents, cents, type Minutes, minutes, sumCents, sumMinutes } from '#kit'

/** What the season was for one association: always the three figures, cut, hours, indicative euros. */
export type AssociationFigures = {
  associationId: string
  name: string
  lastYearCents: Cents
  cashCents: Cents
  /** Last year's cash less this year's; zero or less when cash did not fall. */
  fallCents: Cents
  awardedMinutes: Minutes
  doneMinutes: Minutes
  /** Hours done at the season's indicative value: beside the cash, never added to it in an act. */
  doneValueCents: Cents
  /** `doneValueCents` over the fall; undefined when cash did not fall (DOMAIN 8.5). */
  compensationPercent: number | undefined
}

export type SeasonFigures = {
  lines: AssociationFigures[]
  total: Omit<AssociationFigures, 'associationId' | 'name'>
}

export type Facts = {
  baselines: { organisationId: string | null; name: string; amountCents: Cents }[]
  awards: {
    associationId: string
    associationName: string
    cashCents: Cents
    hours: { minutes: Minutes }[]
  }[]
  missions: { associationId: string; approvedMinutes: Minutes }[]
}

/** One line for each association that received last year or receives this year, the largest first. */
export function figuresFrom(campaign: Campaign, facts: Facts): SeasonFigures {
  const names = new Map<string, string>()
  for (const { organisationId, name } of facts.baselines)
    if (organisationId) names.set(organisationId, name)
  for (const { associationId, associationName } of facts.awards)
    names.set(associationId, associationName)
  const lines = [...names].map(([associationId, name]) => ({
    associationId,
    name,
    ...measured(campaign, {
      lastYearCents: sumCents(
        facts.baselines
          .filter(({ organisationId }) => organisationId === associationId)
          .map(({ amountCents }) => amountCents),
      ),
      ...grantedTo(associationId, facts),
    }),
  }))
  lines.sort((a, b) => Number(b.lastYearCents - a.lastYearCents) || a.name.localeCompare(b.name))
  const total = measured(campaign, {
    lastYearCents: sumCents(lines.map((line) => line.lastYearCents)),
    cashCents: sumCents(lines.map((line) => line.cashCents)),
    awardedMinutes: sumMinutes(lines.map((line) => line.awardedMinutes)),
    doneMinutes: sumMinutes(lines.map((line) => line.doneMinutes)),
  })
  return { lines, total }
}

function grantedTo(associationId: string, { awards, missions }: Facts) {
  const own = awards.filter((award) => award.associationId === associationId)
  return {
    cashCents: sumCents(own.map((award) => award.cashCents)),
    awardedMinutes: sumMinutes(own.flatMap((award) => award.hours.map((line) => line.minutes))),
    doneMinutes: sumMinutes(
      missions
        .filter((mission) => mission.associationId === associationId)
        .map((mission) => mission.approvedMinutes),
    ),
  }
}

type Counted = {
  lastYearCents: Cents
  cashCents: Cents
  awardedMinutes: Minutes
  doneMinutes: Minutes
}

function measured(campaign: Campaign, counted: Counted) {
  const fallCents = cents(counted.lastYearCents - counted.cashCents)
  const doneValueCents = indicativeValueOf(counted.doneMinutes, campaign.referenceHourlyCents)
  const compensationPercent =
    fallCents > 0n ? Number((doneValueCents * 1000n) / fallCents) / 10 : undefined
  return { ...counted, fallCents, doneValueCents, compensationPercent }
}

/** Rounded to the nearest cent, halves up. */
export function indicativeValueOf(done: Minutes, hourlyCents: Cents): Cents {
  return cents((minutes(done) * hourlyCents + 30n) / 60n)
}
