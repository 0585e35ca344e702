export * from './store/baselines.ts'
export * from './store/imports.ts'
