import { Hono } from 'hono'
import type { PlaceEnv } from '#people'
import { fileRoutes } from './file-pages.tsx'
import { interestRoutes } from './interest-pages.tsx'
import { progressRoutes } from './progress-pages.tsx'
import { tableRoutes } from './table-pages.tsx'

export const reviewRoutes = new Hono<PlaceEnv>()
for (const routes of [tableRoutes, fileRoutes, progressRoutes, interestRoutes])
  reviewRoutes.route('/', routes)
