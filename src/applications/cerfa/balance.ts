import { type Cents, cents, sumCents } from '#kit'
import { type Answers, centsIn, type Form } from './answers.ts'
import { type Account, accountsOf, type BudgetOf, lineField, type Side } from './budget.ts'

/** One column of a budget: what is paid, and apart from it what is only valued. */
export type Column = { total: Cents; inKind: Cents; general: Cents }
export type Balance = Record<Side, Column>

/** Both columns of a budget; undefined while no line of it is filled in. */
export function balanceOf(budget: BudgetOf, answers: Answers | undefined): Balance | undefined {
  if (!accountsOf(budget).some((account) => hasLine(budget, account, answers))) return undefined
  return {
    charges: columnOf(budget, 'charges', answers),
    products: columnOf(budget, 'products', answers),
  }
}

export function accountTotal(
  budget: BudgetOf,
  { lines }: Account,
  answers: Answers | undefined,
): Cents {
  return sumCents(lines.map((line) => centsIn(answers, lineField(budget, line)) ?? cents(0)))
}

/** What both columns of the project's budget come to, voluntary contributions included as on the form. */
export function projectTotals(form: Form): { charges: Cents; products: Cents } | undefined {
  const balance = balanceOf('project', form['project-budget'])
  return balance && { charges: balance.charges.general, products: balance.products.general }
}

/** Whole per cent of the project's products that the grant asked would be; undefined without a budget. */
export function shareAsked(form: Form, askedCents: Cents | null): number | undefined {
  const total = balanceOf('project', form['project-budget'])?.products.total
  if (!total || !askedCents) return undefined
  return Number((askedCents * 1000n) / total) / 10
}

function columnOf(budget: BudgetOf, side: Side, answers: Answers | undefined): Column {
  const sum = (isInKind: boolean) =>
    sumCents(
      accountsOf(budget, side)
        .filter((account) => (account.isInKind ?? false) === isInKind)
        .map((account) => accountTotal(budget, account, answers)),
    )
  const total = sum(false)
  const inKind = sum(true)
  return { total, inKind, general: sumCents([total, inKind]) }
}

function hasLine(budget: BudgetOf, { lines }: Account, answers: Answers | undefined): boolean {
  return lines.some((line) => centsIn(answers, lineField(budget, line)) !== undefined)
}
