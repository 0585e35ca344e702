export * from './journal.ts'
export * from './mandates-store.ts'
export * from './reads-store.ts'
