// DOMAIN 4.6: the accounts of the form, each with the finer lines that the form prints under it.

export type Side = 'charges' | 'products'
/** `association`: the whole year of the association; `project`: the project alone. */
export type BudgetOf = 'association' | 'project'

export type Account = {
  code: string
  side: Side
  lines: readonly string[]
  /** Valued beside the budget, never inside its total: given goods, premises, volunteers' time. */
  isInKind?: true
  /** Only where the form asks for it. */
  only?: BudgetOf
}

export const accounts: readonly Account[] = [
  { code: '60', side: 'charges', lines: ['604', '602', '606'] },
  { code: '61', side: 'charges', lines: ['613', '615', '616', '618'] },
  { code: '62', side: 'charges', lines: ['622', '623', '625', '627'] },
  { code: '63', side: 'charges', lines: ['631', '635'] },
  { code: '64', side: 'charges', lines: ['641', '645', '648'] },
  { code: '65', side: 'charges', lines: ['65'] },
  { code: '66', side: 'charges', lines: ['66'] },
  { code: '67', side: 'charges', lines: ['67'] },
  { code: '68', side: 'charges', lines: ['68'] },
  { code: '69', side: 'charges', lines: ['69'] },
  {
    code: 'Indirect',
    side: 'charges',
    lines: ['IndirectFixed', 'IndirectFinancial', 'IndirectOther'],
    only: 'project',
  },
  { code: '86', side: 'charges', lines: ['860', '861', '862', '864'], isInKind: true },
  { code: '70', side: 'products', lines: ['70'] },
  { code: '73', side: 'products', lines: ['73'] },
  {
    code: '74',
    side: 'products',
    lines: [
      '74State',
      '74Region',
      '74Department',
      '74Intercommunal',
      '74Communes',
      '74Social',
      '74Europe',
      '74Jobs',
      '74OtherPublic',
      '74Private',
    ],
  },
  { code: '75', side: 'products', lines: ['756', '758', '75Other'] },
  { code: '76', side: 'products', lines: ['76'] },
  { code: '77', side: 'products', lines: ['77'] },
  { code: '78', side: 'products', lines: ['78'] },
  { code: '79', side: 'products', lines: ['79'] },
  { code: '87', side: 'products', lines: ['870', '871', '875'], isInKind: true },
]

export function accountsOf(budget: BudgetOf, side?: Side): Account[] {
  return accounts.filter(
    (account) =>
      (account.only ?? budget) === budget && (side === undefined || account.side === side),
  )
}

export function lineField(budget: BudgetOf, line: string): string {
  return `${budget}${line}`
}

export function budgetFields(budget: BudgetOf): string[] {
  return accountsOf(budget).flatMap(({ lines }) => lines.map((line) => lineField(budget, line)))
}

/** `project604` is line 604 of the project's budget; undefined for any other answer. */
export function lineOf(field: string): { budget: BudgetOf; line: string } | undefined {
  const [, budget, line] = /^(association|project)(\d\d\w*|Indirect\w+)$/.exec(field) ?? []
  if (!line) return undefined
  return { budget: budget === 'project' ? 'project' : 'association', line }
}
