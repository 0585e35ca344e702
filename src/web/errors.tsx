import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { Forbidden, Missing } from '#people'
import { type Frame, isCollision, KeyUsedOtherwise, log, Page, sayIn } from '#platform'
import type { House } from './house.ts'
import { languageOf } from './place.ts'
import { Unreadable } from './readable.ts'

type Problem =
  | 'missing'
  | 'forbidden'
  | 'broken'
  | 'busy'
  | 'tooBig'
  | 'sentTwice'
  | 'otherSite'
  | 'unreadable'

/** One place answers all that is thrown: a clear page, nothing leaked. */
export function answerError(
  error: Error,
  context: Context,
  house: House,
): Response | Promise<Response> {
  if (error instanceof Forbidden) return problemPage(context, house, 'forbidden', 403)
  if (error instanceof Missing) return problemPage(context, house, 'missing', 404)
  if (error instanceof Unreadable) return problemPage(context, house, 'unreadable', 400)
  if (error instanceof KeyUsedOtherwise) return problemPage(context, house, 'sentTwice', 409)
  if (error instanceof HTTPException && error.status === 413)
    return problemPage(context, house, 'tooBig', 413)
  if (error instanceof HTTPException && error.status === 403)
    return problemPage(context, house, 'otherSite', 403)
  if (isCollision(error)) {
    log.warn({ route: routePath(context), error: error.message }, 'two writers met')
    context.header('retry-after', '1')
    return problemPage(context, house, 'busy', 503)
  }
  // The pattern, not the address: some addresses carry a secret.
  log.error(
    { route: routePath(context), error: error.message, stack: error.stack },
    'request failed',
  )
  return problemPage(context, house, 'broken', 500)
}

export function answerMissing(context: Context, house: House): Response | Promise<Response> {
  return problemPage(context, house, 'missing', 404)
}

function problemPage(
  context: Context,
  house: House,
  problem: Problem,
  status: 400 | 403 | 404 | 409 | 413 | 500 | 503,
) {
  const frame = bareFrame(context, house)
  const { say } = frame
  if (context.req.path.startsWith('/api/'))
    return context.json({ error: say(`web:problem.${problem}.title`) }, status)
  return context.html(
    <Page frame={frame} title={say(`web:problem.${problem}.title`)}>
      <h1 class="ds-heading" data-size="lg">
        {say(`web:problem.${problem}.title`)}
      </h1>
      <p class="lead">{say(`web:problem.${problem}.remedy`)}</p>
      <p>
        <a class="ds-link" href="/home">
          {say('web:problem.home')}
        </a>
      </p>
    </Page>,
    status,
  )
}

/** The frame of pages that belong to no commune. */
export function bareFrame(context: Context, house: House, personName?: string): Frame {
  const language = languageOf(context)
  const say = sayIn(language)
  return {
    say,
    language,
    path: context.req.path,
    placeName: 'METIS',
    placeHref: '/',
    subtitle: say('web:subtitle'),
    nav: [],
    ...(personName === undefined ? {} : { personName }),
    isDemo: house.config.isDemo,
  }
}
