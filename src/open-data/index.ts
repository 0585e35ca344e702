export { publishSeason } from './actions.ts'
export { openDataRoutes } from './pages.tsx'
export * from './scdl/index.ts'
