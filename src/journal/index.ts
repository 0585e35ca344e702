export * from './journal.ts'
export * from './reads-store.ts'
