import { cents, formatEuros, formatHours, minutes } from '#kit'
import { sayIn } from '../texts.ts'
import type { LawConstant } from './constant.ts'
import { constants } from './constants.ts'

/** docs/law.md: every constant of the law that METIS applies, with its source, for the reader who checks it. */
export function lawPage(): string {
  const rows = Object.entries<LawConstant>(constants).flatMap(([name, constant]) =>
    rowsOf(name, constant),
  )
  return `${opening}\n${rows.join('\n')}\n`
}

const opening = `# The law in figures

Generated from \`src/platform/law/constants.ts\` by \`npm run schema\`: correct it there.
"From" is the day from which METIS applies the value; the text itself may be older. "To verify" means that no
public copy of the text has been read for this value: read the article before relying on it.

| constant | meaning | from | value | source | |
| --- | --- | --- | --- | --- | --- |`

function rowsOf(name: string, constant: LawConstant): string[] {
  const say = sayIn('en')
  return constant.values.map(({ from, value, toVerify }) => {
    const shown = valueShown(constant.unit, value)
    const cells = [`\`${name}\``, say(`law:${name}`), from, shown, constant.source]
    return `| ${cells.join(' | ')} | ${toVerify ? 'to verify' : ''} |`
  })
}

function valueShown(unit: LawConstant['unit'], value: bigint | number | string): string {
  if (unit === 'cents') return formatEuros(cents(value), 'en')
  if (unit === 'minutes') return formatHours(minutes(value), 'en')
  if (unit === 'percent') return `${value} %`
  if (unit === 'perMille') return `${value} ‰`
  if (unit === 'times') return `× ${value}`
  return unit === 'form' ? String(value) : `${value} ${unit}`
}
