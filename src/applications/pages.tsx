import { Hono } from 'hono'
import type { PlaceEnv } from '#people'
import { bankRoutes } from './bank-pages.tsx'
import { exchangeRoutes } from './cerfa/exchange/pages.tsx'
import { registryRoutes } from './cerfa/registry/routes.tsx'
import { fileRoutes } from './file-pages.tsx'
import { pieceRoutes } from './piece-pages.tsx'
import { seasonRoutes } from './season-pages.tsx'
import { sectionRoutes } from './section-pages.tsx'

export const applicationRoutes = new Hono<PlaceEnv>()
for (const routes of [
  seasonRoutes,
  fileRoutes,
  sectionRoutes,
  pieceRoutes,
  bankRoutes,
  registryRoutes,
  exchangeRoutes,
])
  applicationRoutes.route('/', routes)
