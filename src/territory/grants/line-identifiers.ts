import { type Cell, cellText } from '#platform'
import { cellOf } from './columns-of.ts'
import type { GrantField } from './fields.ts'
import type { Grant } from './grant.ts'
import type { LineToRead, Remarks } from './grant-line.ts'
import { type IdentifierReading, readIdentifier } from './identifiers.ts'

/** A number that cannot be trusted is left out and said; the line stands on its name. */
export function readIdentifiers(row: LineToRead, remarks: Remarks): Partial<Grant> {
  const read = (field: GrantField): IdentifierReading => {
    const cell: Cell | undefined = cellOf(row.columns, row.cells, field)
    const reading = readIdentifier(cell)
    if (reading.doubt)
      remarks.warn(field, reading.doubt, { length: cellText(cell).replace(/\D/g, '').length })
    return reading
  }
  const grantor = read('grantorId')
  const beneficiary = read('beneficiarySiret')
  const unit = beneficiary.siren ? {} : read('beneficiarySiren')
  const { rna = beneficiary.rna } = readRna(row, remarks)
  const siren = beneficiary.siren ?? unit.siren
  return {
    ...(grantor.siret ? { grantorSiret: grantor.siret } : {}),
    ...(grantor.siren ? { grantorSiren: grantor.siren } : {}),
    ...(beneficiary.siret ? { beneficiarySiret: beneficiary.siret } : {}),
    ...(siren ? { beneficiarySiren: siren } : {}),
    ...(rna ? { beneficiaryRna: rna } : {}),
  }
}

function readRna(row: LineToRead, remarks: Remarks): IdentifierReading {
  const text = cellText(cellOf(row.columns, row.cells, 'beneficiaryRna'))
  const reading = readIdentifier(text)
  if (text !== '' && !reading.rna && (reading.doubt || reading.siren))
    remarks.warn('beneficiaryRna', 'rna-unreadable')
  return reading
}
