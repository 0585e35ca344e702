export { type Balance, balances, type Posting, post, reverse } from './actions.ts'
export { brokenLedgerRow } from './chain.ts'
export { type AccountKind, type AccountRef, type Book, type Move, Overdraft } from './rules.ts'
export { balanceOf, entryById, totalOf } from './store.ts'
