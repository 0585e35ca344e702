import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

const registry = new Registry()
collectDefaultMetrics({ register: registry })
const seconds = new Histogram({
  name: 'metis_request_seconds',
  help: 'Server time of a request, by method and status class.',
  labelNames: ['method', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 5],
  registers: [registry],
})

export const measured = createMiddleware(async (context, next) => {
  const startedAt = performance.now()
  await next()
  const status = `${Math.floor(context.res.status / 100)}xx`
  seconds.labels(context.req.method, status).observe((performance.now() - startedAt) / 1000)
})

export async function metrics(context: Context) {
  return context.text(await registry.metrics(), 200, { 'content-type': registry.contentType })
}
