import { createMiddleware } from 'hono/factory'
import { askForFile } from '#applications'
import { territoryBySlug } from '#people'
import { log } from '#platform'
import type { House } from './house.ts'

/**
 * Stands outside the transaction of a request: what it put in the queue is asked of the public
 * registers once it is kept, so that no transaction waits for the network. At most three seconds;
 * whatever goes wrong, the answer stands and the job asks again.
 */
export function withRegistries(house: House) {
  return createMiddleware(async (context, next) => {
    context.set('hasRegistries', house.config.registries !== undefined)
    await next()
    if (!house.config.registries || context.req.method !== 'POST') return
    const applicationId = /applications\/([0-9a-f-]{36})/.exec(
      context.res.headers.get('location') ?? '',
    )?.[1]
    if (context.res.status !== 303 || !applicationId) return
    try {
      const territory = await territoryBySlug(house.db, context.req.param('territory') ?? '')
      const asked = { applicationId, now: house.now() }
      if (territory) await askForFile(house, { territoryId: territory.id, ...asked })
    } catch (error) {
      log.error({ error: String(error) }, 'registries')
    }
  })
}
