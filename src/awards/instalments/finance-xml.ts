import type { Campaign } from '#campaigns'
import { sumCents } from '#kit'
import type { Place } from '#people'
import { xmlStart, xmlText } from '#platform'
import { budgetLine } from '../papers.ts'
import { amountText } from './finance-columns.ts'
import type { FinanceRow } from './finance-rows.ts'

/**
 * Payments that may be ordered now, in a shape close to that of PES Aller (expenditure): blocks, lines
 * and payees, each value in an attribute V. It is no PES file: docs/finance-files.md says what is missing.
 */
export function pesLike(place: Place, campaign: Campaign, rows: FinanceRow[]): string {
  const ready = rows.filter(({ state, blocks }) => state === 'planned' && blocks.length === 0)
  const total = sumCents(ready.map(({ instalment }) => instalment.plannedCents))
  return [
    xmlStart,
    '<MetisDepenses xmlns="urn:metis:depenses:1">',
    `<EnTete>${v('DteStr', place.today)}${v('LibelleCol', place.territory.name)}</EnTete>`,
    '<Bordereau>',
    '<BlocBordereau>',
    v('Exer', String(campaign.year)),
    v('NbrPce', String(ready.length)),
    v('MtBord', amountText(total)),
    '</BlocBordereau>',
    ...ready.map(piece),
    '</Bordereau>',
    '</MetisDepenses>',
    '',
  ].join('\n')
}

function piece({ instalment, award, deliberation, payee, iban, object, payableBy }: FinanceRow) {
  return [
    '<Piece>',
    '<BlocPiece>',
    v('RefMetis', instalment.id),
    v('ObjPce', object),
    v('RefDelib', deliberation?.number ?? ''),
    v('DteDelib', deliberation?.heldOn ?? ''),
    v('DteExec', award.executoryOn ?? ''),
    v('DteLimite', payableBy ?? ''),
    '</BlocPiece>',
    `<LigneDePiece>${v('Nature', budgetLine)}${v('Mt', amountText(instalment.plannedCents))}</LigneDePiece>`,
    `<Tiers>${v('Nom', payee.name)}${v('Siret', payee.siret ?? '')}${v('Rna', payee.rna ?? '')}${v('Adr', payee.address)}${v('IBAN', iban ?? '')}</Tiers>`,
    '</Piece>',
  ].join('\n')
}

function v(name: string, value: string): string {
  return `<${name} V="${xmlText(value).replace(/\s+/g, ' ')}"/>`
}
