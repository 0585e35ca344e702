import type { FormAmount, FormBudgetRow } from '#documents'
import { formatEuros } from '#kit'
import type { Say } from '#platform'
import { type Answers, centsIn } from '../cerfa/answers.ts'
import { accountTotal, type Balance } from '../cerfa/balance.ts'
import { type Account, accountsOf, type BudgetOf, lineField, type Side } from '../cerfa/budget.ts'
import { accountLabel, isSingle } from '../cerfa/words.ts'

type Budget = { say: Say; budget: BudgetOf; answers: Answers | undefined }

/** Charges and products face to face as the form prints them: what is paid and its total, then what is given. */
export function budgetRows(printed: Budget, balance: Balance): FormBudgetRow[] {
  const total = (name: 'total' | 'general'): FormBudgetRow => {
    const side = (of: Side): FormAmount => ({
      label: printed.say(`cerfa:budget.${name}.${of}`),
      amount: formatEuros(balance[of][name]),
      isDetail: false,
    })
    return { isTotal: true, charge: side('charges'), product: side('products') }
  }
  const [paid, given] = [faced(printed, false), faced(printed, true)]
  return [...paid, total('total'), ...given, total('general')]
}

/** Each side in its own order; the shorter one ends in blanks. */
function faced(printed: Budget, isInKind: boolean): FormBudgetRow[] {
  const [charges = [], products = []] = (['charges', 'products'] as const).map((side) =>
    accountsOf(printed.budget, side)
      .filter((account) => (account.isInKind ?? false) === isInKind)
      .flatMap((account) => accountLines(printed, account)),
  )
  return Array.from({ length: Math.max(charges.length, products.length) }, (_, rank) => ({
    isTotal: false,
    charge: charges[rank] ?? null,
    product: products[rank] ?? null,
  }))
}

/** An account, said or not; under it, those of its lines that say something. */
function accountLines({ say, budget, answers }: Budget, account: Account): FormAmount[] {
  const said = account.lines.flatMap((line) => {
    const value = centsIn(answers, lineField(budget, line))
    return value === undefined
      ? []
      : [{ label: say(`cerfa:line.${line}`), amount: formatEuros(value), isDetail: true }]
  })
  const { code } = account
  const label = isSingle(code) ? say(`cerfa:line.${code}`) : accountLabel(say, code)
  const amount = said.length > 0 ? formatEuros(accountTotal(budget, account, answers)) : '—'
  const head = { label, amount, isDetail: false }
  return isSingle(code) ? [head] : [head, ...said]
}
