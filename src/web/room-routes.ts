import type { Hono } from 'hono'
import type { PlaceEnv } from '#people'

/** Every room's pages, mounted under the commune's address. */
export const roomRoutes: Hono<PlaceEnv>[] = []
