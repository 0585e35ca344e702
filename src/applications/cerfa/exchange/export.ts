import type { Cents, Minutes } from '#kit'
import { sha256 } from '#platform'
import type { Application } from '../../rules.ts'
import type { Value } from '../answers.ts'
import { type CerfaSection, cerfaSections, type Field, fields } from '../fields.ts'
import { answerTo, type Cerfa, type WholeFile } from '../file.ts'
import { EXCHANGE_FORMAT } from './shape.ts'

/** The file for other programs, as it is sent. */
export function exportedText(file: WholeFile): string {
  return `${JSON.stringify(exportedFile(file), null, 2)}\n`
}

/** SHA-256 of that very text: whoever holds the JSON finds the digest that the printed form bears. */
export function contentDigest(file: WholeFile): string {
  return sha256(exportedText(file))
}

/** The file for other programs: what is blank is left out. */
function exportedFile(file: WholeFile): Record<string, unknown> {
  const { cerfa, deposit } = file
  return present({
    format: EXCHANGE_FORMAT,
    form: '12156*06',
    deposit: deposit && {
      number: deposit.number,
      depositedAt: deposit.depositedAt.toISOString(),
    },
    ...Object.fromEntries(cerfaSections.map((section) => [section, partOf(cerfa, section)])),
    project: present({
      projectTitle: file.projectTitle,
      projectSummary: file.projectSummary,
      beneficiaries: file.beneficiaries,
    }),
    money: present({
      asked: eurosIn(file.askedCents),
      useful: eurosIn(file.usefulCents),
      budgetCharges: eurosIn(file.budgetChargesCents),
      budgetProducts: eurosIn(file.budgetProductsCents),
      cashFallback: file.cashFallback,
    }),
    hours: file.needs.map(needOf),
  })
}

function partOf(cerfa: Cerfa, section: CerfaSection): Record<string, unknown> {
  return present(
    Object.fromEntries(
      fields[section].map((field) => [field.name, plain(field, answerTo(cerfa, field.name))]),
    ),
  )
}

function plain({ kind }: Field, value: Value | undefined): Value | undefined {
  const isHundredths = kind === 'cents' || kind === 'fullTime'
  return isHundredths && typeof value === 'number' ? value / 100 : value
}

function needOf(need: Application['needs'][number]): Record<string, unknown> {
  const { family, minMinutes, maxMinutes, deliverable, modality, startsOn, endsOn } = need
  const hours = { hoursMin: hoursIn(minMinutes), hoursMax: hoursIn(maxMinutes) }
  return present({ family, ...hours, deliverable, modality, startsOn, endsOn })
}

function eurosIn(value: Cents | null): number | undefined {
  return value === null ? undefined : Number(value) / 100
}

function hoursIn(value: Minutes | null): number | undefined {
  return value === null ? undefined : Number(value) / 60
}

function present(values: Record<string, unknown>): Record<string, unknown> {
  const isBlank = (value: unknown) =>
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)))
}
