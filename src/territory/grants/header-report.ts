import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GrantField, isMoneyField, type MappedColumn } from './fields.ts'
import { proposeMapping } from './mapping.ts'

export type HeaderCoverage = {
  files: number
  headerRows: number
  headers: number
  /** Distinct headers that are taken for a field in at least one file. */
  mappedHeaders: number
  filesWithName: number
  filesWithAmount: number
  filesWithDateOrYear: number
  filesWithNameAndAmount: number
  /** Of the 243 distinct rows of headers: those where name and amount are found. */
  headerRowsRead: number
  /** Against the choices of the best existing converter, field by field. */
  agreements: number
  disagreements: Disagreement[]
}

export type Disagreement = { field: GrantField; ours: string; theirs: string; files: number }

type Manifest = { datasets: { fichiers: { fichier: string; colonnes: string[] }[] }[] }
type Choices = { sources: { fichier: string; colonnes_mappees: Record<string, string> }[] }

const THEIR_NAMES: Record<string, GrantField> = {
  benef_nom: 'beneficiaryName',
  benef_id: 'beneficiarySiret',
  benef_rna: 'beneficiaryRna',
  attrib_nom: 'grantorName',
  attrib_id: 'grantorId',
  montant: 'amountCents',
  date_conv: 'agreedOn',
  annee: 'year',
  objet: 'purpose',
  nature: 'nature',
  reference: 'decisionReference',
  nature_benef: 'beneficiaryKind',
}

/** How many of the real headers of `corpus` (a folder) map without help. Words alone: no values are at hand. */
export function headerCoverage(corpus: string): HeaderCoverage {
  const manifest: Manifest = JSON.parse(
    readFileSync(join(corpus, 'wald52_scdl-manifest.json'), 'utf8'),
  )
  const choices: Choices = JSON.parse(
    readFileSync(join(corpus, 'wald52_normalize-scdl.stats.json'), 'utf8'),
  )
  const files = manifest.datasets.flatMap(({ fichiers }) => fichiers)
  const theirs = new Map(choices.sources.map((source) => [source.fichier, source.colonnes_mappees]))
  const mappings = files.map(({ fichier, colonnes }) => ({
    row: colonnes.join('\n'),
    columns: proposeMapping(colonnes),
    theirs: theirs.get(fichier) ?? {},
  }))
  const count = (test: (columns: MappedColumn[]) => boolean) =>
    mappings.filter(({ columns }) => test(columns)).length
  const read = mappings.filter(({ columns }) => hasWho(columns) && hasAmount(columns))
  return {
    files: files.length,
    headerRows: new Set(mappings.map(({ row }) => row)).size,
    headers: new Set(files.flatMap(({ colonnes }) => colonnes)).size,
    mappedHeaders: new Set(
      mappings.flatMap(({ columns }) =>
        columns.filter(({ field }) => field).map(({ header }) => header),
      ),
    ).size,
    filesWithName: count(hasWho),
    filesWithAmount: count(hasAmount),
    filesWithDateOrYear: count((columns) => has(columns, 'agreedOn', 'year', 'paymentPeriod')),
    filesWithNameAndAmount: read.length,
    headerRowsRead: new Set(read.map(({ row }) => row)).size,
    ...comparison(mappings),
  }
}

function has(columns: MappedColumn[], ...fields: GrantField[]): boolean {
  return columns.some(({ field }) => field && fields.includes(field))
}

function hasWho(columns: MappedColumn[]): boolean {
  return has(columns, 'beneficiaryName', 'beneficiarySiret')
}

function hasAmount(columns: MappedColumn[]): boolean {
  return columns.some(({ field }) => field && isMoneyField(field))
}

type Compared = { columns: MappedColumn[]; theirs: Record<string, string> }

function comparison(mappings: Compared[]): Pick<HeaderCoverage, 'agreements' | 'disagreements'> {
  let agreements = 0
  const found = new Map<string, Disagreement>()
  for (const { columns, theirs } of mappings) {
    for (const [theirName, field] of Object.entries(THEIR_NAMES)) {
      const ours = columns.find((column) => column.field === field)?.header ?? ''
      const their = theirs[theirName] ?? ''
      if (ours === their) {
        if (ours !== '') agreements += 1
        continue
      }
      const key = `${field}|${ours}|${their}`
      const known = found.get(key) ?? { field, ours, theirs: their, files: 0 }
      found.set(key, { ...known, files: known.files + 1 })
    }
  }
  return { agreements, disagreements: [...found.values()].toSorted((a, b) => b.files - a.files) }
}
