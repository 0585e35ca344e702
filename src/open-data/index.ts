export { publishSeason } from './actions.ts'
export { apiDescription, publicApi } from './api.ts'
export { openDataRoutes } from './pages.tsx'
export * from './scdl/index.ts'
