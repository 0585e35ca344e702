export * from './ical.ts'
export * from './notices.ts'
