import type { Hono } from 'hono'
import { applicationRoutes } from '#applications'
import { campaignRoutes } from '#campaigns'
import type { PlaceEnv } from '#people'
import { pledgeRoutes } from '#pledges'

/** Every room's pages, mounted under the commune's address. */
export const roomRoutes: Hono<PlaceEnv>[] = [campaignRoutes, pledgeRoutes, applicationRoutes]
