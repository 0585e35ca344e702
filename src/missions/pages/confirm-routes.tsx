import { type Context, Hono } from 'hono'
import { isRefused } from '#kit'
import { allow, type PlaceEnv } from '#people'
import { type Filled, typedOf } from '#platform'
import { confirmEntries, openLink } from '../actions/index.ts'
import type { Answer } from '../rules/index.ts'
import { ConfirmPage, DeadLinkPage } from './confirm.tsx'

/** The association's word by link: whoever holds the secret may answer, nobody else may look. */
export const confirmRoutes = new Hono<PlaceEnv>()

confirmRoutes.get('/confirm/:secret', allow('link'), (context) => confirmPage(context))
confirmRoutes.post('/confirm/:secret/confirmations', allow('link'), async (context) => {
  const typed = typedOf(await context.req.formData())
  const entryIds = (typed.entries ?? '').split(',')
  return answer(context, { outcome: 'confirmed', entryIds })
})
confirmRoutes.post('/confirm/:secret/disputes', allow('link'), async (context) => {
  const typed = typedOf(await context.req.formData())
  const { entry = '', reason = '' } = typed
  return answer(context, { outcome: 'disputed', entryIds: [entry], reason })
})

type InPlace = Context<PlaceEnv>

async function confirmPage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const secret = context.req.param('secret') ?? ''
  const opened = await openLink(place, secret)
  if (!opened) return context.html(<DeadLinkPage place={place} />, 410)
  const shown = filled ?? { say: place.say, typed: {}, refusals: [] }
  return context.html(
    <ConfirmPage place={place} opened={opened} secret={secret} filled={shown} />,
    shown.refusals.length > 0 ? 422 : 200,
  )
}

async function answer(context: InPlace, asked: Answer) {
  const place = context.get('place')
  const secret = context.req.param('secret') ?? ''
  const outcome = await confirmEntries(place, secret, asked)
  if (!outcome) return context.html(<DeadLinkPage place={place} />, 410)
  if (!isRefused(outcome)) return context.redirect(`${place.path}/confirm/${secret}`, 303)
  const typed =
    asked.outcome === 'disputed' ? { entry: asked.entryIds.join(), reason: asked.reason } : {}
  return confirmPage(context, { say: place.say, typed, refusals: outcome.refusals })
}
