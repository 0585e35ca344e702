import type { Campaign } from '#campaigns'
import { formatDay, formatHours, numberFormat } from '#kit'
import { organisationOf, type Place } from '#people'
import { lawOn } from '#platform'
import type { CsrFigures } from './figures.ts'

/** A sentence that the company may quote, and the one that says where its figure comes from. */
export type Quotable = { text: string; source: string }

/** From confirmed hours alone: nothing to quote before the first one. */
export function quotablesOf(
  place: Place,
  campaign: Campaign,
  { total, families, associationsCount, employeesCount }: CsrFigures,
): Quotable[] {
  const { say, language, today, territory } = place
  const { confirmedMinutes, promisedMinutes } = total
  if (confirmedMinutes === 0n || promisedMinutes === 0n) return []
  const hours = formatHours(confirmedMinutes, language)
  const { missionDayMinutes } = lawOn(today)
  // Rounded down: a company must never claim more than was confirmed.
  const days = Number((confirmedMinutes * 10n) / missionDayMinutes) / 10
  const percent = Number((confirmedMinutes * 100n) / promisedMinutes)
  const skills = families
    .filter((family) => family.confirmedMinutes > 0n)
    .map((one) =>
      say('impact:csr.skill', {
        family: say(`campaigns:family.${one.family}`),
        hours: formatHours(one.confirmedMinutes, language),
      }),
    )
  // Each sentence is whole without the others.
  const known = {
    year: campaign.year,
    commune: territory.name,
    company: organisationOf(place).name,
    day: formatDay(today, language),
  }
  const quotable = (key: string, values: Record<string, string | number>): Quotable => ({
    text: say(`impact:csr.quote.${key}`, { ...known, ...values }),
    source: say(`impact:csr.source.${key}`, { ...known, ...values }),
  })
  return [
    quotable('given', { hours, count: associationsCount }),
    quotable('days', {
      count: days,
      days: numberFormat(language, { maximumFractionDigits: 1 }).format(days),
      hours,
      dayHours: formatHours(missionDayMinutes, language),
    }),
    quotable('people', { count: employeesCount }),
    quotable('skills', { skills: new Intl.ListFormat(language).format(skills) }),
    quotable('kept', {
      hours,
      promised: formatHours(promisedMinutes, language),
      percent: numberFormat(language, { style: 'percent' }).format(percent / 100),
    }),
  ]
}
