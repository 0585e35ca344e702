import type { Cell } from '#platform'
import { cellText } from '#platform'
import { isBlankWord } from './amounts.ts'
import { type Columns, cellOf, headerOf } from './columns-of.ts'
import type { GrantField } from './fields.ts'
import { type FileHabits, isBeforeDecision } from './file-habits.ts'
import type { Grant, GrantFieldOfText, LineRemark, RefusedLine } from './grant.ts'
import { readIdentifiers } from './line-identifiers.ts'
import { readMoney } from './line-money.ts'
import { readWhen } from './line-when.ts'
import { tidyName } from './names.ts'
import { looksLikePerson } from './persons.ts'
import type { SheetMapping } from './sheets.ts'

export type LineToRead = {
  sheet: string
  line: number
  cells: Cell[]
  columns: Columns
  mapping: SheetMapping
  habits: FileHabits
  lastYear: number
}

/** Where a reading writes down what it refuses and what it doubts. */
export type Remarks = {
  refuse: (field: GrantField, code: string, values?: LineRemark['values']) => void
  warn: (field: GrantField, code: string, values?: LineRemark['values']) => void
}

type Taken = { sheet: string; line: number; grant: Grant; warnings: LineRemark[] }

export function readGrantLine(row: LineToRead): Taken | RefusedLine {
  const { sheet, line } = row
  const refusals: LineRemark[] = []
  const warnings: LineRemark[] = []
  const remarks: Remarks = {
    refuse: (...remark) => refusals.push(remarkOn(row, ...remark)),
    warn: (...remark) => warnings.push(remarkOn(row, ...remark)),
  }
  const identifiers = readIdentifiers(row, remarks)
  const beneficiaryName = nameOf(
    row,
    remarks,
    identifiers.beneficiarySiret ?? identifiers.beneficiarySiren,
  )
  const money = readMoney(row, remarks)
  const grant: Grant = {
    ...textIn(row, 'grantorName'),
    ...identifiers,
    ...readWhen(row, remarks),
    beneficiaryName,
    ...textsOf(row),
    ...money,
    ...otherFacts(row),
  }
  if (refusals.length > 0) return { sheet, line, refusals }
  if (isPerson(grant)) grant.isNaturalPerson = 'likely'
  const isZero = money.amountCents === 0n || money.proposedCents === 0n
  if (isZero && isBeforeDecision(cellOf(row.columns, row.cells, 'stage'))) grant.isUndecided = true
  return { sheet, line, grant, warnings }
}

function remarkOn(
  row: LineToRead,
  field: GrantField,
  code: string,
  values?: LineRemark['values'],
): LineRemark {
  const value = cellText(cellOf(row.columns, row.cells, field)).slice(0, 200)
  const place = {
    sheet: row.sheet,
    line: row.line,
    column: headerOf(row.columns, field),
    value,
    code,
  }
  return values ? { ...place, values } : place
}

/** A number in place of a name stands until somebody asks the register for it. */
function nameOf(row: LineToRead, remarks: Remarks, identifier: string | undefined): string {
  const name = tidyName(cellText(cellOf(row.columns, row.cells, 'beneficiaryName')))
  if (/\p{L}/u.test(name)) return name
  if (isBlankWord(name) && !identifier) remarks.refuse('beneficiaryName', 'name-missing')
  else remarks.warn('beneficiaryName', 'name-is-number')
  return isBlankWord(name) ? (identifier ?? '') : name
}

const TEXT_FIELDS = [
  'decisionReference',
  'beneficiaryKind',
  'purpose',
  'sector',
  'scheme',
  'stage',
  'inKindDescription',
  'paymentConditions',
  'paymentPeriod',
  'aidRegisterId',
] as const satisfies GrantFieldOfText[]

function textsOf(row: LineToRead): Partial<Grant> {
  return Object.assign({}, ...TEXT_FIELDS.map((field) => textIn(row, field)))
}

function textIn(row: LineToRead, field: GrantFieldOfText | 'grantorName'): Partial<Grant> {
  const cell = cellOf(row.columns, row.cells, field)
  const text = cellText(cell)
  // A cross in a column of help in kind says that there is some.
  const isCross = field === 'inKindDescription' && /^x$/i.test(text)
  return isBlankWord(cell) && !isCross ? {} : { [field]: text }
}

function otherFacts(row: LineToRead): Partial<Grant> {
  const notice = cellText(cellOf(row.columns, row.cells, 'europeanNotice')).toLowerCase()
  const share = shareIn(cellText(cellOf(row.columns, row.cells, 'share')))
  return {
    ...(/^(?:oui|non|true|false|o|n)$/.test(notice)
      ? { isNotifiedToEurope: /^[ot]/.test(notice) }
      : {}),
    ...(share === undefined ? {} : { share }),
  }
}

function shareIn(text: string): number | undefined {
  const match = /^(\d{1,3}(?:[.,]\d+)?)\s*(%?);*$/.exec(text)
  if (!match) return undefined
  const number = Number((match[1] ?? '').replace(',', '.'))
  const share = match[2] || number > 1 ? number / 100 : number
  return share > 0 && share <= 1 ? share : undefined
}

function isPerson(grant: Grant): boolean {
  return looksLikePerson({
    name: grant.beneficiaryName,
    kind: grant.beneficiaryKind ?? '',
    purpose: `${grant.purpose ?? ''} ${grant.scheme ?? ''}`,
    hasIdentifier: Boolean(grant.beneficiarySiren ?? grant.beneficiaryRna),
  })
}
