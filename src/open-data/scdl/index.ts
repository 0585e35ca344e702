export type { Finding, FindingCode } from './finding.ts'
export * from './publish.ts'
export { isPublishable, validateScdl } from './validate.ts'
