export type FindingCode =
  | 'boolean'
  | 'column-doubled'
  | 'column-missing'
  | 'column-order'
  | 'column-unknown'
  | 'date'
  | 'encoding'
  | 'enum'
  | 'number'
  | 'one-of-required'
  | 'pattern'
  | 'range'
  | 'required'
  | 'row-width'
  | 'separator'
  | 'siret'
  | 'too-long'
  | 'unreadable'

/** `line` counts as a spreadsheet does: the header is line 1. The sentence is `scdl:<code>`. */
export type Finding = {
  severity: 'error' | 'warning'
  code: FindingCode
  line?: number
  column?: string
  value?: string
}

export function finding(
  severity: Finding['severity'],
  code: FindingCode,
  place: { line?: number; column?: string; value?: string } = {},
): Finding {
  return { severity, code, ...place }
}
