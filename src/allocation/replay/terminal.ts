import { cents, formatEuros, formatHours, minutes } from '#kit'
import { sayIn } from '#platform'
import { percentIn, type ReplayReport } from './report.ts'

const ROWS_SHOWN = 25
const NAME_SIGNS = 34
const REFUSALS_SHOWN = 20

/** The replay as plain text, the largest grants first. */
export function inTerminal(report: ReplayReport): string {
  const say = sayIn(report.language)
  const euros = (amount: number) => formatEuros(cents(amount), report.language)
  const hours = (count: number) => formatHours(minutes(count), report.language)
  const percent = percentIn(report.language)
  const hidden = report.lines.length - ROWS_SHOWN
  return [
    report.title,
    '',
    ...aligned(
      report.facts.map(({ label, text, origin }) => [
        label,
        text,
        `[${say(`replay:origin.${origin}`)}]`,
      ]),
    ),
    '',
    ...aligned(
      [
        ['association', 'before', 'cash', 'hours', 'share'].map((name) =>
          say(`replay:column.${name}`),
        ),
        ...report.lines
          .slice(0, ROWS_SHOWN)
          .map((line) => [
            line.name.length > NAME_SIGNS ? `${line.name.slice(0, NAME_SIGNS - 1)}…` : line.name,
            euros(line.baselineCents),
            euros(line.cashCents),
            line.minutes > 0 ? hours(line.minutes) : '',
            percent(line.ratio),
          ]),
      ],
      'numbers',
    ),
    ...(hidden > 0 ? [say('replay:more', { count: hidden })] : []),
    '',
    say('replay:familiesTitle'),
    ...aligned([
      ['family', 'pledged', 'used', 'unused'].map((name) => say(`replay:column.${name}`)),
      ...report.families.map((one) => [
        one.family,
        hours(one.pledgedMinutes),
        hours(one.usedMinutes),
        one.unused.map(({ reason, minutes: left }) => `${hours(left)} ${reason}`).join(', '),
      ]),
    ]),
    '',
    ...report.notes.map((note) => `- ${note}`),
    ...report.setAside.map(({ label, count }) => `- ${label} : ${count}`),
    '',
    say('allocation:command.problemDigest', { sha256: report.problemSha256 }),
    say('allocation:command.resultDigest', { sha256: report.resultSha256 }),
  ].join('\n')
}

/** What could not be taken, with the place, the reason and the remedy. */
export function refusalsInTerminal({ refusals, language }: ReplayReport): string {
  const say = sayIn(language)
  const shown = refusals
    .slice(0, REFUSALS_SHOWN)
    .map(({ file, line, column, reason, remedy }) =>
      say('replay:refusedLine', { file, line, column, reason, remedy }),
    )
  const hidden = refusals.length - shown.length
  return [
    say('replay:refusedTitle', { count: refusals.length }),
    ...shown,
    ...(hidden > 0 ? [say('replay:moreRefusals', { count: hidden })] : []),
  ].join('\n')
}

/** Columns of equal width; numbers to the right. */
function aligned(rows: string[][], align: 'text' | 'numbers' = 'text'): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) =>
    row
      .map((text, column) =>
        align === 'numbers' && column > 0
          ? text.padStart(widths[column] ?? 0)
          : text.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}
