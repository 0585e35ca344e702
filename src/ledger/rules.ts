export type Book = 'hours' | 'cash'

/** The stages of each book, in the order of the road. OUTSIDE is where hours and cash come from. */
export const roads = {
  hours: ['PLEDGED', 'CONFIRMED', 'ALLOCATED', 'COMMITTED', 'DONE', 'RECEIPTED'],
  cash: ['VOTED', 'PAID'],
} as const satisfies Record<Book, string[]>

export type AccountKind = 'OUTSIDE' | (typeof roads)[Book][number]

/** An account is known by what it is about; `label` is what a person reads. */
export type AccountRef = {
  book: Book
  kind: AccountKind
  campaignId: string
  subjectId: string
  label: string
}

/** Minutes or cents, as the book says, leaving one account for another. */
export type Move = { from: AccountRef; to: AccountRef; amount: bigint }

export type Line<Account = AccountRef> = { account: Account; amount: bigint }

/** One line an account, in the order first named: what leaves all of them equals what arrives. */
export function linesOf(book: Book, moves: Move[]): Line[] {
  const lines = new Map<string, Line>()
  for (const { from, to, amount } of moves) {
    if (amount <= 0n) throw new Error(`a move takes something somewhere: ${amount}`)
    if (from.book !== book || to.book !== book) throw new Error(`a move left the book of ${book}`)
    add(lines, { account: from, amount: -amount })
    add(lines, { account: to, amount })
  }
  const moved = [...lines.values()].filter(({ amount }) => amount !== 0n)
  if (moved.length === 0) throw new Error('an entry moves something')
  return moved
}

/** Each line starts from the sum that the one before it left, the first from what the last left: zero. */
export function ringOf(lines: Pick<Line, 'amount'>[]) {
  let sumAfter = 0n
  return lines.map(({ amount }, index) => {
    const sumBefore = sumAfter
    sumAfter += amount
    return { afterRank: index || lines.length, sumBefore, sumAfter }
  })
}

export function keyOf({ kind, campaignId, subjectId }: Omit<AccountRef, 'label'>): string {
  return `${kind} ${campaignId} ${subjectId}`
}

function add(lines: Map<string, Line>, { account, amount }: Line): void {
  const key = keyOf(account)
  lines.set(key, { account, amount: (lines.get(key)?.amount ?? 0n) + amount })
}

/** More was asked of an account than it holds: a caller that can cause it shows it as a refusal. */
export class Overdraft extends Error {
  readonly account: AccountRef
  readonly missing: bigint

  constructor(account: AccountRef, missing: bigint) {
    super(`${account.book} ${account.kind} of ${account.label} lacks ${missing}`)
    this.account = account
    this.missing = missing
  }
}
