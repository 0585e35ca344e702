import { cents, formatEuros } from '#kit'
import type { Assumptions } from './assumptions.ts'
import type { Words } from './words.ts'

/** A hypothesis in words: what it is about, and what was supposed. */
export type Told = { label: string; value: string }

export type Names = {
  envelopes: { id: string; name?: string }[]
  companies: { id: string; name?: string }[]
  associations: { id: string; name?: string }[]
}

/** Every hypothesis of a scenario, in the order of the form. */
export function toldAssumptions(assumptions: Assumptions, names: Names, words: Words): Told[] {
  const { say, language } = words
  const { envelopeCents, withdrawal, overrides } = assumptions
  const nameIn = (rows: { id: string; name?: string }[], id: string) =>
    rows.find((row) => row.id === id)?.name ?? id
  const percent = (value: number) => say('scenarios:percent', { value })
  const percents = [
    'floorPercent',
    'weightLowPercent',
    'weightHighPercent',
    'reservePercent',
  ] as const
  return [
    ...names.envelopes.map(({ id, name = id }) => ({
      label: say('scenarios:envelopeOf', { name }),
      value: formatEuros(envelopeCents[id] ?? cents(0), language),
    })),
    {
      label: say('scenarios:percentOf.hourly'),
      value: formatEuros(assumptions.referenceHourlyCents, language),
    },
    ...percents.map((field) => ({
      label: say(`scenarios:percentOf.${field}`),
      value: percent(assumptions[field]),
    })),
    {
      label: say('scenarios:withdrawal'),
      value: withdrawal
        ? say('scenarios:withdrawn', {
            name: nameIn(names.companies, withdrawal.companyId),
            percent: percent(withdrawal.percent),
          })
        : say('scenarios:none.withdrawal'),
    },
    {
      label: say('scenarios:pinnedLines'),
      value:
        overrides.map((one) => nameIn(names.associations, one.associationId)).join(', ') ||
        say('scenarios:none.pinned'),
    },
  ]
}
