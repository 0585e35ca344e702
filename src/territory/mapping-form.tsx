import { cellText, type Filled, type Row, type TableFile, type Typed } from '#platform'
import {
  type GrantField,
  type GrantMapping,
  grantFields,
  type SheetMapping,
} from './grants/index.ts'

/** A sheet of the file with its first lines, and whether METIS believes that it holds grants. */
export type ProposedSheet = SheetMapping & { examples: string[][]; isTaken: boolean }

const EXAMPLE_ROWS = 5

/** Sheets with grants first; those where no header was found may be explained by hand. */
export async function proposedSheets(
  table: TableFile,
  { sheets, skippedSheets }: GrantMapping,
): Promise<ProposedSheet[]> {
  const drafts = skippedSheets.flatMap((skipped) => ('draft' in skipped ? [skipped.draft] : []))
  const taken = sheets.map((sheet) => ({ ...sheet, isTaken: true }))
  const doubted = drafts.map((sheet) => ({ ...sheet, isTaken: false }))
  const proposed: ProposedSheet[] = []
  for (const sheet of [...taken, ...doubted])
    proposed.push({ ...sheet, examples: await examplesOf(table, sheet) })
  return proposed
}

async function examplesOf(table: TableFile, { sheet, headerLine }: SheetMapping) {
  const rows: Row[] = []
  for await (const row of table.sheets.find(({ name }) => name === sheet)?.rows() ?? []) {
    if (row.line > headerLine) rows.push(row)
    if (rows.length === EXAMPLE_ROWS) break
  }
  return rows.map(({ cells }) => cells.map(cellText))
}

/** What the person left in the selects: the meaning of each column, the sheets to take, a year. */
export function mappingFrom(typed: Typed, proposed: ProposedSheet[]): GrantMapping {
  const sheets = proposed.flatMap(({ sheet, headerLine, columns, year }, rank) => {
    if (typed[`sheet-${rank}`] !== 'yes') return []
    const chosen = columns.map(({ header }, column) => {
      const field = fieldFrom(typed[`column-${rank}-${column}`])
      return { header, confidence: 1, ...(field && { field }) }
    })
    const said = /^\d{4}$/.test(typed[`year-${rank}`] ?? '') ? Number(typed[`year-${rank}`]) : year
    return [{ sheet, headerLine, columns: chosen, ...(said && { year: said }) }]
  })
  return { sheets, skippedSheets: [] }
}

function fieldFrom(text: string | undefined): GrantField | undefined {
  return grantFields.find((field) => field === text)
}

/** One line a column: its title, what it holds, what it means. */
export function SheetFields({
  proposed,
  rank,
  filled,
}: {
  proposed: ProposedSheet
  rank: number
  filled: Filled
}) {
  const { say, typed } = filled
  const { sheet, columns, examples, year, isTaken } = proposed
  const isAnswered = Object.keys(typed).length > 0
  const isChosen = isAnswered ? typed[`sheet-${rank}`] === 'yes' : isTaken
  return (
    <fieldset class="stack">
      <legend>{sheet}</legend>
      <div class="ds-field check">
        <input
          class="ds-input"
          type="checkbox"
          id={`sheet-${rank}`}
          name={`sheet-${rank}`}
          value="yes"
          checked={isChosen}
        />
        <label class="ds-label" for={`sheet-${rank}`}>
          {say('territory:mapping.take')}
        </label>
      </div>
      <div class="ds-field">
        <label class="ds-label" for={`year-${rank}`}>
          {say('territory:mapping.year')}
        </label>
        <input
          class="ds-input"
          id={`year-${rank}`}
          name={`year-${rank}`}
          inputmode="numeric"
          value={typed[`year-${rank}`] ?? (year === undefined ? '' : String(year))}
        />
      </div>
      <section
        class="table-scroll"
        tabindex={0}
        aria-label={say('territory:mapping.caption', { sheet })}
      >
        <table class="ds-table">
          <thead>
            <tr>
              <th scope="col">{say('territory:mapping.column')}</th>
              <th scope="col">{say('territory:mapping.examples')}</th>
              <th scope="col">{say('territory:mapping.meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ header, field }, column) => (
              <tr>
                <th scope="row">
                  {header || say('territory:mapping.untitled', { rank: column + 1 })}
                </th>
                <td>
                  {examples.map((cells) => (
                    <small>{(cells[column] ?? '').slice(0, 60)}</small>
                  ))}
                </td>
                <td>
                  <MeaningSelect
                    filled={filled}
                    name={`column-${rank}-${column}`}
                    field={field}
                    header={header}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </fieldset>
  )
}

function MeaningSelect({
  filled: { say, typed },
  name,
  field,
  header,
}: {
  filled: Filled
  name: string
  field: GrantField | undefined
  header: string
}) {
  const chosen = typed[name] ?? field ?? ''
  return (
    <select
      class="ds-input"
      name={name}
      aria-label={say('territory:mapping.meaningOf', { header })}
    >
      <option value="" selected={chosen === ''}>
        {say('grants:field.ignored')}
      </option>
      {grantFields.map((one) => (
        <option value={one} selected={one === chosen}>
          {say(`grants:field.${one}`)}
        </option>
      ))}
    </select>
  )
}
