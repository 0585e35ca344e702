import { cellOf } from './columns-of.ts'
import { type DateReading, readDate, readYear } from './dates.ts'
import type { GrantField } from './fields.ts'
import type { Grant } from './grant.ts'
import type { LineToRead, Remarks } from './grant-line.ts'

type When = Pick<Grant, 'agreedOn' | 'year' | 'yearFrom'>

/** The year of its own column first, then the day of the decision, the payment, and what the file says. */
export function readWhen(row: LineToRead, remarks: Remarks): When {
  const agreed = trusted(
    row,
    remarks,
    'agreedOn',
    readDate(cellOf(row.columns, row.cells, 'agreedOn'), row.lastYear),
  )
  const written = trusted(
    row,
    remarks,
    'year',
    readYear(cellOf(row.columns, row.cells, 'year'), row.lastYear),
  )
  const agreedOn = agreed.kind === 'day' ? { agreedOn: agreed.day } : {}
  const fromYear = yearIn(written)
  if (fromYear) return { ...agreedOn, year: fromYear, yearFrom: 'year-column' }
  const fromAgreed = yearIn(agreed)
  if (fromAgreed) return { ...agreedOn, year: fromAgreed, yearFrom: 'agreed-on' }
  const isWrong = isDoubted(agreed) || isDoubted(written)
  const paid = yearIn(readDate(cellOf(row.columns, row.cells, 'paymentPeriod'), row.lastYear))
  if (paid) return { year: paid, yearFrom: 'payment-period' }
  // A year that was written wrong is not replaced by the file's: it may be one of the others.
  if (row.mapping.year && !isWrong) return { year: row.mapping.year, yearFrom: 'file' }
  const isUnreadable = [agreed, written].some(({ kind }) => kind === 'unreadable')
  if (!isWrong && !isUnreadable)
    remarks.warn(row.columns.rankOf.year === undefined ? 'agreedOn' : 'year', 'year-missing')
  return {}
}

/** Says what is wrong with a date, and keeps a year that stands alone in its file out. */
function trusted(
  row: LineToRead,
  remarks: Remarks,
  field: GrantField,
  reading: DateReading,
): DateReading {
  const year = yearIn(reading)
  if (year && row.habits.isolatedYears.has(year)) {
    remarks.warn(field, 'year-isolated', { year })
    return { kind: 'impossible' }
  }
  if (reading.kind === 'impossible')
    remarks.warn(field, 'year-impossible', { lastYear: row.lastYear })
  if (reading.kind === 'unreadable')
    remarks.warn(field, field === 'year' ? 'year-unreadable' : 'date-unreadable')
  return reading
}

function yearIn(reading: DateReading): number | undefined {
  if (reading.kind === 'year') return reading.year
  return reading.kind === 'day' ? Number(reading.day.slice(0, 4)) : undefined
}

function isDoubted({ kind }: DateReading): boolean {
  return kind === 'impossible'
}
