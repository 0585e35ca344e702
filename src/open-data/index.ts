export { openDataRoutes } from './pages.tsx'
export * from './scdl/index.ts'
