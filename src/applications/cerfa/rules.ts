import { parseSiret, type Refusal, refusal } from '#kit'
import { type Association, refusalsForDeposit, type Season } from '../rules.ts'
import { balanceOf, projectTotals } from './balance.ts'
import type { BudgetOf } from './budget.ts'
import { answerTo, type Cerfa, type WholeFile } from './file.ts'

/** Every reason against the deposit of this file, those of its form included. */
export function refusalsForWholeFile(file: WholeFile, season: Season): Refusal[] {
  const isByLine = projectTotals(file.cerfa.form) !== undefined
  // Where the budget is given line by line, its own page says which side is short.
  const own = refusalsForDeposit(file, season).filter(
    ({ code }) => !isByLine || code !== 'applications:refused.unbalanced',
  )
  return [...own, ...refusalsForForm(file)]
}

/**
 * Why the rest of the form speaks against a deposit. Nothing of it is compulsory (README): what is
 * given must hold together.
 */
function refusalsForForm(file: WholeFile): Refusal[] {
  const { form } = file.cerfa
  return [
    ...refusalsForNumber(file.cerfa),
    ...refusalsForPeriod(form.budget, ['budgetFrom', 'budgetTo'], 'budget'),
    ...refusalsForBudget('association', file),
    ...refusalsForPeriod(form.details, ['projectFrom', 'projectTo'], 'details'),
    ...refusalsForBudget('project', file),
  ]
}

/** The association as its file names it, where its card in METIS has no number yet (DN-2251). */
export function withOwnNumbers<File extends WholeFile>(file: File): File {
  const { association, cerfa } = file
  const text = (name: string) => {
    const value = answerTo(cerfa, name)
    return typeof value === 'string' ? value : null
  }
  const numbers: Pick<Association, 'rna' | 'siret'> = {
    rna: association.rna ?? text('rna'),
    siret: association.siret ?? text('siret'),
  }
  return { ...file, association: { ...association, ...numbers } }
}

// DOMAIN 6.6: some numbers in use fail their key. Refused only where a register that answered does not
// know it either: silence holds nobody back (DN-13917).
function refusalsForNumber({ form, checks }: Cerfa): Refusal[] {
  const siret = form.identity?.siret
  if (typeof siret !== 'string' || parseSiret(siret)) return []
  const outcomes = checks
    .filter(({ identifier }) => identifier === siret)
    .flatMap(({ answers }) => answers.map(({ outcome }) => outcome))
  if (!outcomes.includes('unknown') || outcomes.includes('found')) return []
  return [refusal('cerfa:refused.siretKey', { field: 'identity', at: 'siret' })]
}

function refusalsForPeriod(
  answers: Record<string, unknown> | undefined,
  [from, to]: [string, string],
  field: 'budget' | 'details',
): Refusal[] {
  const [first, last] = [answers?.[from], answers?.[to]]
  if (typeof first !== 'string' || typeof last !== 'string' || first <= last) return []
  return [refusal(`cerfa:refused.${field}Period`, { field, at: to })]
}

// Form 12156*06: the columns carry the same total, and what is given in kind the same on both sides.
function refusalsForBudget(budget: BudgetOf, { cerfa: { form } }: WholeFile): Refusal[] {
  const field = budget === 'project' ? 'project-budget' : 'budget'
  const balance = balanceOf(budget, form[field])
  if (!balance) return []
  const { charges, products } = balance
  const refusals: Refusal[] = []
  const at = 'totals'
  if (charges.total !== products.total)
    refusals.push(refusal(`cerfa:refused.${budget}Unbalanced`, { field, at }))
  if (charges.inKind !== products.inKind)
    refusals.push(refusal(`cerfa:refused.${budget}InKindUnbalanced`, { field, at }))
  return refusals
}
