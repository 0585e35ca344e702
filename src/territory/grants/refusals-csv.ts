import { numberCell, type Say, textCell, writeCsv } from '#platform'
import type { LineRemark } from './grant.ts'

/** The refused lines as a file that opens in the agent's spreadsheet, to be mended and imported again. */
export function refusalsCsv(
  refusals: AsyncIterable<LineRemark> | Iterable<LineRemark>,
  say: Say,
): AsyncGenerator<string> {
  const column = (name: string) => say(`grants:refused.${name}`)
  return writeCsv<LineRemark>(
    [
      { name: column('sheet'), cell: ({ sheet }) => textCell(sheet) },
      { name: column('line'), cell: ({ line }) => numberCell(line) },
      { name: column('column'), cell: (refusal) => textCell(refusal.column) },
      { name: column('value'), cell: ({ value }) => textCell(value) },
      { name: column('reason'), cell: (refusal) => textCell(sayRemark(refusal, say, 'reason')) },
      { name: column('remedy'), cell: (refusal) => textCell(sayRemark(refusal, say, 'remedy')) },
    ],
    refusals,
    { delimiter: ';', hasMark: true },
  )
}

/** Why (`reason`) or what to do (`remedy`), in the person's language. */
export function sayRemark(remark: LineRemark, say: Say, part: 'reason' | 'remedy'): string {
  const { column, value, line, code, values } = remark
  return say(`grants:${part}.${code}`, { column, value, line, ...values })
}
