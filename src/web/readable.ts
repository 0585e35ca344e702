import { createMiddleware } from 'hono/factory'
import { Missing } from '#people'

/** Sent by something else than a form of ours, or cut on its way. */
export class Unreadable extends Error {}

/** The database holds no NUL: nothing has such an address. */
export const addressed = createMiddleware(async (context, next) => {
  if (/%00/.test(context.req.url)) throw new Missing()
  await next()
})

/** What nobody could read is answered here, before any room sees it. */
export const readable = createMiddleware(async (context, next) => {
  // Kept by Hono: the rooms read the same form without parsing it anew.
  if (context.req.method === 'POST')
    await context.req.formData().catch((cause: unknown) => {
      throw new Unreadable('not a form', { cause })
    })
  await next()
})
