export type { AssociationFigures, SeasonFigures } from './figures.ts'
export { FiguresTable, FourFigures } from './figures-table.tsx'
export { impactRoutes } from './pages.tsx'
export { seasonFigures } from './store.ts'
