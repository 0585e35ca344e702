export * from './grants/index.ts'
export { type Baseline, baselinesOf, baselineYears } from './store.ts'
