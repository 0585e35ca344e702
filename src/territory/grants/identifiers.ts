import { parseRna, parseSiren, parseSiret, type Rna, type Siren, type Siret, sirenOf } from '#kit'
import { type Cell, cellText } from '#platform'
import { isBlankWord } from './amounts.ts'

export type IdentifierDoubt =
  | 'siret-cut-by-spreadsheet'
  | 'siret-office-unknown'
  | 'siret-zero-added'
  | 'siret-key'
  | 'siren-key'
  | 'siret-unreadable'

/** What a cell of SIRET, SIREN or RNA really holds. A doubtful number is left out, never mended in silence. */
export type IdentifierReading = { siret?: Siret; siren?: Siren; rna?: Rna; doubt?: IdentifierDoubt }

export function readIdentifier(cell: Cell | undefined): IdentifierReading {
  if (isBlankWord(cell)) return {}
  const text = cellText(cell)
    .replace(/^['’]/, '')
    .replace(/[.,]0+$/, '')
    .replace(/[\s.]/g, '')
  if (/^0*$/.test(text)) return {}
  const scientific = /^(\d)(?:[.,]?(\d+))?E\+?(\d{1,2})$/i.exec(cellText(cell).replace(/\s/g, ''))
  if (scientific)
    return fromScientific(scientific[1] ?? '', scientific[2] ?? '', Number(scientific[3]))
  const rna = parseRna(text)
  if (rna && /^W/i.test(text)) return { rna }
  return /^\d+$/.test(text) ? fromDigits(text) : { doubt: 'siret-unreadable' }
}

/** A spreadsheet shows 7,17E+13: eleven digits of fourteen are lost. */
function fromScientific(first: string, others: string, exponent: number): IdentifierReading {
  return others.length === exponent
    ? fromDigits(first + others)
    : { doubt: 'siret-cut-by-spreadsheet' }
}

function fromDigits(digits: string): IdentifierReading {
  if (digits.length === 14) return fromSiret(digits)
  if (digits.length === 13) {
    const siret = parseSiret(`0${digits}`)
    return siret
      ? { siret, siren: sirenOf(siret), doubt: 'siret-zero-added' }
      : { doubt: 'siret-unreadable' }
  }
  if (digits.length === 9) {
    const siren = parseSiren(digits)
    return siren ? { siren } : { doubt: 'siren-key' }
  }
  const siren = digits.length === 8 ? parseSiren(`0${digits}`) : undefined
  return siren ? { siren, doubt: 'siret-zero-added' } : { doubt: 'siret-unreadable' }
}

function fromSiret(digits: string): IdentifierReading {
  const siren = parseSiren(digits.slice(0, 9))
  // A number passed through a float keeps the SIREN and loses the office: 45032466000000.0.
  if (digits.endsWith('00000'))
    return siren ? { siren, doubt: 'siret-office-unknown' } : { doubt: 'siret-key' }
  const siret = parseSiret(digits)
  if (siret) return { siret, siren: sirenOf(siret) }
  return siren ? { siren, doubt: 'siret-key' } : { doubt: 'siret-key' }
}
