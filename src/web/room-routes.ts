import type { Hono } from 'hono'
import { allocationRoutes } from '#allocation'
import { applicationRoutes } from '#applications'
import { awardRoutes } from '#awards'
import { campaignRoutes } from '#campaigns'
import { missionRoutes } from '#missions'
import type { PlaceEnv } from '#people'
import { pledgeRoutes } from '#pledges'

import { receiptRoutes } from '#receipts'
import { reviewRoutes } from '#review'

/** Every room's pages, mounted under the commune's address. */
export const roomRoutes: Hono<PlaceEnv>[] = [
  campaignRoutes,
  pledgeRoutes,
  applicationRoutes,
  reviewRoutes,
  allocationRoutes,
  awardRoutes,
  missionRoutes,
  receiptRoutes,
]
