export { readDate } from './dates.ts'
export { type GrantField, grantFields, type MappedColumn } from './fields.ts'
export type {
  AcceptedLine,
  Grant,
  LineOutcome,
  LineRemark,
  RefusedLine,
  SkippedLine,
  SkipReason,
} from './grant.ts'
export { type HeaderCoverage, headerCoverage } from './header-report.ts'
export { fold } from './header-words.ts'
export { benchImport } from './import.bench.ts'
export { proposeMapping } from './mapping.ts'
export type { GrantNature } from './natures.ts'
export { readGrantLines } from './read-lines.ts'
export { refusalsCsv, sayRemark } from './refusals-csv.ts'
export {
  type GrantMapping,
  proposeGrantMapping,
  type SheetMapping,
  type SkippedSheet,
} from './sheets.ts'
