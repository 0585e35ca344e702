import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { isCollision, standAside } from '#platform'

const TRIES_MAX = 5
// A form is kept aside for the next try; a large file is not: its sender is asked to try again.
const KEPT_BYTES_MAX = 1024 * 1024

/**
 * Two writers met and the database let one pass: the whole request of the other is done again, from
 * its first word, in a new transaction. Nobody is told of a lack that is only a meeting.
 */
export function again(app: {
  fetch: (request: Request, env: object) => Response | Promise<Response>
}) {
  return createMiddleware<{ Bindings: { tries?: number } }>(async (context, next) => {
    const tries = context.env?.tries ?? 1
    const spare = tries < TRIES_MAX && isSmall(context) ? context.req.raw.clone() : undefined
    await next()
    if (!spare || !isCollision(context.error)) return
    await standAside(tries)
    // Hono mixes the headers of two answers unless the first is put away.
    context.res = undefined
    context.res = await app.fetch(spare, { ...context.env, tries: tries + 1 })
  })
}

function isSmall({ req }: Context): boolean {
  if (req.method === 'GET' || req.method === 'HEAD') return true
  return Number(req.header('content-length') ?? 0) <= KEPT_BYTES_MAX
}
