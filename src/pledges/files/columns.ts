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
  'email',
] as const
export type LineField = (typeof lineFields)[number]

/** As written: nothing is understood yet. */
export type Said = Partial<Record<LineField, string>>
/** `apart`: what stands in columns that were not understood, by their title. */
export type ReadLine = { line: number; said: Said; apart: Record<string, string> }

// In order: « Durée d’une séance » says more than the « heures » that may follow in the same title.
const words: [LineField, RegExp][] = [
  ['email', /mail|courriel|contact/],
  ['siret', /siret|siren/],
  ['block', /seance|bloc|block|session/],
  ['employeesMax', /salarie|collaborateur|effectif|personnes|employee|people/],
  ['missionsMax', /associations?\b|missions?\b/],
  ['family', /competence|famille|skill|family|domaine/],
  ['modality', /distance|modalite|presentiel|remote|mode/],
  ['startsOn', /debut|a partir|^du\b|from|start/],
  ['endsOn', /\bfin\b|jusqu|^au\b|until|\bend/],
  ['hours', /heures?\b|hours?\b|\bh\b|volume/],
  ['sites', /\bsites?\b|lieux?\b|place|adresse/],
  ['company', /entreprise|societe|raison sociale|company|\bnom\b|\bname\b/],
]

export type Heading = {
  sheet: string
  headerLine: number
  columns: { title: string; field: LineField | undefined }[]
}

/** The first line with two titles that are understood, one of them hours or a skill; nothing when no sheet has one. */
export async function headingOf(table: TableFile): Promise<Heading | undefined> {
  for (const { name, rows } of table.sheets) {
    let searched = 0
    for await (const { line, cells } of rows()) {
      const columns = columnsIn(cells)
      const fields = columns.flatMap(({ field }) => field ?? [])
      const isHeading = fields.includes('hours') || fields.includes('family')
      if (isHeading && fields.length > 1) return { sheet: name, headerLine: line, columns }
      if (++searched === HEADER_SEARCH_ROWS) break
    }
  }
  return undefined
}

const HEADER_SEARCH_ROWS = 30
const TITLE_MAX = 100

function columnsIn(cells: Cell[]): Heading['columns'] {
  const taken = new Set<LineField>()
  return cells.map((cell) => {
    const title = textOf(cell).slice(0, TITLE_MAX)
    const bare = fold(title)
    const field = words.find(([known, pattern]) => !taken.has(known) && pattern.test(bare))?.[0]
    if (field) taken.add(field)
    return { title, field }
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
    const read = lineIn(row, columns)
    if (!saysSomething(read)) continue
    if (lines.length === most) return undefined
    lines.push(read)
  }
  return lines
}

export const CHARACTERS_MAX = 600

function textOf(cell: Cell | undefined): string {
  return writable(cellText(cell).slice(0, CHARACTERS_MAX))
}

function lineIn({ line, cells }: Row, columns: Heading['columns']): ReadLine {
  const read: ReadLine = { line, said: {}, apart: {} }
  for (const [rank, { title, field }] of columns.entries()) {
    const text = textOf(cells[rank])
    if (text === '') continue
    if (field) read.said[field] = text
    else if (title !== '') read.apart[title] = text
  }
  return read
}

/** A line of the model that nobody filled in names its company or its skill, and promises nothing. */
function saysSomething({ said, apart }: ReadLine): boolean {
  const { siret: _, company: __, family: ___, email: ____, ...promise } = said
  return Object.keys(promise).length + Object.keys(apart).length > 0
}
