import { Hono } from 'hono'
import type { PlaceEnv } from '#people'
import { annulmentRoutes } from './annulment-pages.tsx'
import { fileRoutes } from './file-pages.tsx'
import { gridRoutes } from './grid-pages.tsx'
import { interestRoutes } from './interest-pages.tsx'
import { outsideRoutes } from './outside-pages.tsx'
import { progressRoutes } from './progress-pages.tsx'
import { settingsRoutes } from './settings-pages.tsx'
import { tableRoutes } from './table-pages.tsx'
import type { ReviewReaders } from './table-view.ts'

export function reviewRoutes(readers: ReviewReaders): Hono<PlaceEnv> {
  const all = new Hono<PlaceEnv>()
  const rooms = [
    tableRoutes(readers),
    gridRoutes,
    settingsRoutes,
    fileRoutes(readers),
    annulmentRoutes,
    outsideRoutes,
    progressRoutes,
  ]
  for (const routes of [...rooms, interestRoutes]) all.route('/', routes)
  return all
}
