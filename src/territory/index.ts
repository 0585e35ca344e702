export { saveBaselines } from './actions.ts'
export { TableFileField } from './file-field.tsx'
export * from './grants/index.ts'
export {
  type Imported,
  type ImportOptions,
  type ImportScope,
  importGrants,
  openTable,
} from './import.ts'
export { runImport } from './import-command.ts'
export { baselineRoutes } from './pages.tsx'
export { type BaselineYear, baselinesOf, baselineYears, selectImportedGrants } from './store.ts'
export { baselineYearRoutes } from './year-routes.tsx'
