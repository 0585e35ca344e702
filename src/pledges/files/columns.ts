import { type Cell, cellText, type Row, type TableFile, writable } from '#platform'
import { fold } from '#territory'

/** What a line of the file may say of one promise, in the order of the model file. */
export const lineFields = [
  'siret',
  'company',
  'family',
  'hours',
  'startsOn',
  'endsOn',
  'block',
  'modality',
  'sites',
  'employeesMax',
  'missionsMax',
] as const
export type LineField = (typeof lineFields)[number]

/** As written: nothing is understood yet. */
export type Said = Partial<Record<LineField, string>>
export type ReadLine = { line: number; said: Said }

// In order: « Durée d’une séance » says more than the « heures » that may follow in the same title.
const words: [LineField, RegExp][] = [
  ['siret', /siret|siren/],
  ['block', /seance|bloc|block|session/],
  ['employeesMax', /salarie|collaborateur|effectif|personnes|employee|people/],
  ['missionsMax', /associations?\b|missions?\b/],
  ['family', /competence|famille|skill|family|domaine/],
  ['modality', /distance|modalite|presentiel|remote|mode/],
  ['startsOn', /debut|a partir|^du\b|from|start/],
  ['endsOn', /\bfin\b|jusqu|^au\b|until|\bend/],
  ['hours', /heures?\b|hours?\b|volume/],
  ['sites', /\bsites?\b|lieux?\b|place|adresse/],
  ['company', /entreprise|societe|raison sociale|company|\bnom\b|\bname\b/],
]

export type Heading = { headerLine: number; sheet: string; columns: (LineField | undefined)[] }

/** The first line whose titles say at least hours and a skill; nothing when no sheet has one. */
export async function headingOf(
  table: TableFile,
): Promise<(Heading & { unread: string[] }) | undefined> {
  for (const { name, rows } of table.sheets) {
    let searched = 0
    for await (const { line, cells } of rows()) {
      const columns = columnsIn(cells)
      if (columns.includes('hours') && columns.includes('family')) {
        const unread = cells.map(textOf).filter((text, rank) => text !== '' && !columns[rank])
        return { sheet: name, headerLine: line, columns, unread }
      }
      if (++searched === HEADER_SEARCH_ROWS) break
    }
  }
  return undefined
}

const HEADER_SEARCH_ROWS = 30

function columnsIn(cells: Cell[]): (LineField | undefined)[] {
  const taken = new Set<LineField>()
  return cells.map((cell) => {
    const title = fold(cellText(cell))
    const field = words.find(([known, pattern]) => !taken.has(known) && pattern.test(title))?.[0]
    if (field) taken.add(field)
    return field
  })
}

/** The lines under the heading that say something; `undefined` when there are more than `most`. */
export async function linesUnder(
  table: TableFile,
  { sheet, headerLine, columns }: Heading,
  most: number,
): Promise<ReadLine[] | undefined> {
  const lines: ReadLine[] = []
  const rows = table.sheets.find(({ name }) => name === sheet)?.rows() ?? []
  for await (const row of rows) {
    if (row.line <= headerLine) continue
    const said = saidIn(row, columns)
    if (Object.keys(said).length === 0) continue
    if (lines.length === most) return undefined
    lines.push({ line: row.line, said })
  }
  return lines
}

export const CHARACTERS_MAX = 600

function textOf(cell: Cell | undefined): string {
  return writable(cellText(cell).slice(0, CHARACTERS_MAX))
}

/** A line of the model that nobody filled in names its company or its skill, and promises nothing. */
function saidIn({ cells }: Row, columns: Heading['columns']): Said {
  const said: Said = {}
  for (const [rank, field] of columns.entries()) {
    const text = textOf(cells[rank])
    if (field && text !== '') said[field] = text
  }
  const named: LineField[] = ['siret', 'company', 'family']
  const isFilled = lineFields.some((field) => said[field] && !named.includes(field))
  return isFilled ? said : {}
}
