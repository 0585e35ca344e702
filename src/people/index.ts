export * from './allow.ts'
export * from './auth.ts'
export * from './place.ts'
export * from './store.ts'
