export * from './cancellation.ts'
export * from './issue.ts'
export * from './valuation.ts'
