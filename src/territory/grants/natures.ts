import { type Cell, cellText } from '#platform'
import { fold } from './header-words.ts'

export const grantNatures = ['cash', 'inKind', 'mixed', 'loan', 'guarantee'] as const
export type GrantNature = (typeof grantNatures)[number]

/** Reads the nature column: `aide en numéraire;aide en nature` is mixed; what is unknown stays undefined. */
export function readNature(cell: Cell | undefined): GrantNature | undefined {
  const text = fold(cellText(cell))
  const isCash =
    /numeraire|financ|\bcash\b|fonctionnement|investissement|equipement|monetaire|subvention/.test(
      text,
    )
  const isInKind = /\bnature\b|mise a disposition|en-nature/.test(text)
  if (/numeraire/.test(text) && isInKind) return 'mixed'
  if (isInKind) return 'inKind'
  if (/\bprets?\b|avance remboursable/.test(text)) return 'loan'
  if (/\bgaranties?\b/.test(text)) return 'guarantee'
  return isCash ? 'cash' : undefined
}
