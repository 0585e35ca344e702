import type { Cents, Day, Minutes } from '#kit'

/** What a written cell is: the file gets a real number, an ISO day, a text that no spreadsheet runs. */
export type Written =
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: string }
  | { kind: 'day'; day: string }
  | { kind: 'blank' }

export type Column<Item> = { name: string; cell: (item: Item) => Written }

export type Items<Item> = AsyncIterable<Item> | Iterable<Item>

export const blank: Written = { kind: 'blank' }

export function textCell(text: string | undefined): Written {
  return text === undefined || text === '' ? blank : { kind: 'text', text }
}

export function numberCell(number: number | bigint | undefined): Written {
  return number === undefined ? blank : { kind: 'number', number: String(number) }
}

export function dayCell(day: Day | undefined): Written {
  return day === undefined ? blank : { kind: 'day', day }
}

/** `1500.5` for 150050 cents, without a float in between. */
export function eurosCell(cents: Cents | undefined): Written {
  if (cents === undefined) return blank
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  const decimals = digits.slice(-2).replace(/0+$/, '')
  const number = `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}${decimals ? `.${decimals}` : ''}`
  return { kind: 'number', number }
}

/** Spreadsheets add and compare hours: 3 h 30 is written 3.5. */
export function hoursCell(minutes: Minutes | undefined): Written {
  return numberCell(minutes === undefined ? undefined : Number(minutes) / 60)
}

/** A text that begins like a formula is run by spreadsheets (CWE-1236): an apostrophe makes it a text. */
export function harmless(text: string): string {
  return /^[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text
}
