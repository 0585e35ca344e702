import { type Column, eurosCell, hoursCell, numberCell, textCell } from '#platform'
import { minutesOf, type ProposedLine } from './lines.ts'

/** Stable names: people's own spreadsheets read these columns. */
export function exportColumns(year: number, unscored: ReadonlySet<string>): Column<ProposedLine>[] {
  // The score is read from a reference: empty until this reader may see it.
  const reference = ({ associationId, referenceCents }: ProposedLine) =>
    unscored.has(associationId) ? textCell('') : eurosCell(referenceCents)
  return [
    { name: 'association', cell: (line) => textCell(line.associationName) },
    { name: 'projet', cell: (line) => textCell(line.projectTitle) },
    { name: `subvention_${year - 1}_euros`, cell: (line) => eurosCell(line.baselineCents) },
    { name: 'demande_euros', cell: (line) => eurosCell(line.askedCents) },
    { name: 'demande_heures', cell: (line) => hoursCell(line.askedMinutes) },
    { name: 'reference_euros', cell: reference },
    { name: 'propose_euros', cell: (line) => eurosCell(line.cashCents) },
    { name: 'propose_heures', cell: (line) => hoursCell(minutesOf(line)) },
    { name: 'total_indicatif_euros', cell: (line) => eurosCell(line.totalCents) },
    { name: 'taux_pourcent', cell: (line) => numberCell(Math.floor(line.ratio * 100)) },
    { name: 'raisons', cell: (line) => textCell(line.reasons.fr.join(' ')) },
  ]
}
