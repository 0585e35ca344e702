export { saveBaselines } from './actions.ts'
export * from './grants/index.ts'
export { type Imported, type ImportOptions, type ImportScope, importGrants } from './import.ts'
export { type BaselineYear, baselinesOf, baselineYears } from './store.ts'
