import type { Cents } from '#kit'
import type { Place } from '#people'
import { blank, type Column, dayCell, numberCell, sayIn, textCell, type Written } from '#platform'
import { budgetLine } from '../papers.ts'
import type { FinanceRow } from './finance-rows.ts'

/** Names are stable: docs/finance-files.md says what each holds. */
export function financeColumns({ territory }: Place): Column<FinanceRow>[] {
  const say = sayIn('fr')
  const blocked = ({ blocks, state }: FinanceRow) =>
    state === 'planned'
      ? blocks.map((block) => say(`awards:schedule.block.${block}`)).join(' ; ')
      : ''
  return [
    { name: 'commune', cell: () => textCell(territory.name) },
    { name: 'deliberation', cell: ({ deliberation }) => textCell(deliberation?.number) },
    { name: 'deliberation_date', cell: ({ deliberation }) => dayCell(deliberation?.heldOn) },
    { name: 'executoire_date', cell: ({ award }) => dayCell(award.executoryOn) },
    { name: 'beneficiaire', cell: ({ payee }) => textCell(payee.name) },
    { name: 'beneficiaire_adresse', cell: ({ payee }) => textCell(payee.address) },
    { name: 'rna', cell: ({ payee }) => textCell(payee.rna ?? undefined) },
    { name: 'siret', cell: ({ payee }) => textCell(payee.siret ?? undefined) },
    { name: 'iban', cell: ({ iban }) => textCell(iban) },
    { name: 'objet', cell: ({ object }) => textCell(object) },
    { name: 'compte', cell: () => textCell(budgetLine) },
    { name: 'montant_accorde', cell: ({ award }) => amountCell(award.cashCents) },
    { name: 'echeance_id', cell: ({ instalment }) => textCell(instalment.id) },
    { name: 'echeance_rang', cell: ({ instalment }) => numberCell(instalment.rank) },
    { name: 'montant', cell: ({ instalment }) => amountCell(instalment.plannedCents) },
    {
      name: 'attend',
      cell: ({ instalment }) => textCell(say(`awards:schedule.waits.${instalment.waitsFor}`)),
    },
    { name: 'a_payer_avant', cell: ({ payableBy }) => dayCell(payableBy) },
    { name: 'etat', cell: ({ state }) => textCell(say(`awards:schedule.state.${state}`)) },
    { name: 'empechement', cell: (row) => textCell(blocked(row)) },
    { name: 'mandat', cell: ({ instalment }) => textCell(instalment.order?.number) },
    { name: 'mandat_date', cell: ({ instalment }) => dayCell(instalment.order?.on) },
    { name: 'paiement_date', cell: ({ instalment }) => dayCell(instalment.paidOn) },
  ]
}

/** `1500.00`: both decimals always, and no float in between. */
export function amountText(amountCents: Cents): string {
  const digits = String(amountCents).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function amountCell(amountCents: Cents | undefined): Written {
  return amountCents === undefined ? blank : { kind: 'number', number: amountText(amountCents) }
}
