import type { Hono } from 'hono'
import { campaignRoutes } from '#campaigns'
import type { PlaceEnv } from '#people'

/** Every room's pages, mounted under the commune's address. */
export const roomRoutes: Hono<PlaceEnv>[] = [campaignRoutes]
