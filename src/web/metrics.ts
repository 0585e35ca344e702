import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { type CheckRun, lastCheckRun } from '#ledger'
import type { House } from './house.ts'

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

export function metrics({ db }: Pick<House, 'db'>) {
  return async (context: Context) => {
    const text = [await registry.metrics(), ...checkGauges(await lastCheckRun(db))].join('\n')
    return context.text(`${text}\n`, 200, { 'content-type': registry.contentType })
  }
}

/** Read where every process can: the night's check may have run in another. */
function checkGauges(run: CheckRun | undefined): string[] {
  if (!run) return []
  return [
    '# HELP metis_check_faults Rows that the last nightly check found not to hold.',
    '# TYPE metis_check_faults gauge',
    `metis_check_faults ${run.faultCount}`,
    '# HELP metis_check_ended_timestamp_seconds When the last nightly check ended.',
    '# TYPE metis_check_ended_timestamp_seconds gauge',
    `metis_check_ended_timestamp_seconds ${Math.round(run.endedAt.getTime() / 1000)}`,
  ]
}
