import type { InKindNote } from '#documents'
import { formatDay, formatEuros, formatHours } from '#kit'
import type { organisationById } from '#people'
import {
  type Column,
  dayCell,
  eurosCell,
  hoursCell,
  type Language,
  type Say,
  textCell,
} from '#platform'
import { accounts, type InKindContribution } from '../contributions.ts'
import { identifierOf, receiptNumber } from '../issue.ts'
import { totalOf, totalsBy } from '../totals.ts'
import type { ContributionsProps } from './contributions.tsx'

/**
 * Stable names: accountants' own sheets read these columns. No value of an hour: of one person's
 * mission it would be their pay, and an annex is published.
 */
export const contributionColumns: Column<InKindContribution>[] = [
  { name: 'recu', cell: (line) => textCell(receiptNumber(line)) },
  { name: 'entreprise', cell: (line) => textCell(line.companyName) },
  { name: 'mission', cell: (line) => textCell(line.missionTitle) },
  { name: 'du', cell: (line) => dayCell(line.fromDay) },
  { name: 'au', cell: (line) => dayCell(line.toDay) },
  { name: 'heures', cell: (line) => hoursCell(line.receiptedMinutes) },
  { name: 'valeur_euros', cell: (line) => eurosCell(line.valueCents) },
  ...accounts.map(({ number, side }) => ({
    name: `compte_${side}`,
    cell: () => textCell(number),
  })),
]

/** The paper is for French accounts: `say` speaks French whatever the reader's language. */
export function noteOf(
  read: ContributionsProps,
  { own, say }: { own: NonNullable<Awaited<ReturnType<typeof organisationById>>>; say: Say },
): InKindNote {
  const { place, fiscalYear, contributions } = read
  return {
    ...fiscalYear,
    association: { name: own.name, identifier: identifierOf(own) ?? '' },
    accounts: accounts.map((one) => ({ ...one, label: say(`receipts:inKind.${one.kind}`) })),
    companies: totalsBy(contributions, 'companyName'),
    receipts: contributions.map((line) => ({
      number: receiptNumber(line),
      company: line.companyName,
      mission: line.missionTitle,
      minutes: line.receiptedMinutes,
      valueCents: line.valueCents,
    })),
    total: totalOf('', contributions),
    annex: annexOf(read, say, 'fr'),
    createdAt: place.now,
  }
}

/** The text that goes in the annex of the accounts: nature, importance, method. */
export function annexOf(
  { place, fiscalYear, contributions }: ContributionsProps,
  say: Say,
  language: Language,
): string[] {
  const { minutes, valueCents } = totalOf('', contributions)
  return [
    say('receipts:inKind.nature', {
      count: totalsBy(contributions, 'companyName').length,
      hours: formatHours(minutes, language),
      from: formatDay(fiscalYear.from, language),
      to: formatDay(fiscalYear.to, language),
      commune: place.territory.name,
    }),
    say('receipts:inKind.method', {
      value: formatEuros(valueCents, language),
      ...Object.fromEntries(accounts.map(({ kind, number }) => [kind, number])),
    }),
  ]
}
