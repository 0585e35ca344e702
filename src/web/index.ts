export { settled } from './afterwards.ts'
export * from './app.tsx'
export * from './house.ts'
export * from './start.ts'
