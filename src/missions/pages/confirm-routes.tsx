import { type Context, Hono } from 'hono'
import { isRefused, type Refused } from '#kit'
import { allow, type PlaceEnv } from '#people'
import { type Filled, type Typed, typedOf } from '#platform'
import { confirmEntries, decideByLink, openLink, renewLink } from '../actions/index.ts'
import { ConfirmPage, DeadLinkPage, RenewedPage } from './confirm.tsx'
import { atItsEntry, disputeOf, wordOf } from './typed-answers.ts'

/** The association's word by link: whoever holds the secret may answer, nobody else may look. */
export const confirmRoutes = new Hono<PlaceEnv>()

confirmRoutes.get('/confirm/:secret', allow('link'), (context) => confirmPage(context))
confirmRoutes.post('/confirm/:secret/confirmations', allow('link'), (context) =>
  answer(context, (typed, secret) => {
    const entryIds = (typed.entries ?? '').split(',')
    return confirmEntries(context.get('place'), secret, { outcome: 'confirmed', entryIds })
  }),
)
confirmRoutes.post('/confirm/:secret/disputes', allow('link'), (context) =>
  answer(context, (typed, secret) =>
    confirmEntries(context.get('place'), secret, disputeOf(typed)),
  ),
)
confirmRoutes.post('/confirm/:secret/dispute-decisions', allow('link'), (context) =>
  answer(context, (typed, secret) => decideByLink(context.get('place'), secret, wordOf(typed))),
)
confirmRoutes.post('/confirm/:secret/renewals', allow('link'), async (context) => {
  const place = context.get('place')
  const secret = context.req.param('secret')
  await renewLink(place, secret)
  return context.redirect(`${place.path}/confirm/${encodeURIComponent(secret)}/renewed`, 303)
})
confirmRoutes.get('/confirm/:secret/renewed', allow('link'), (context) =>
  context.html(<RenewedPage place={context.get('place')} />),
)

type InPlace = Context<PlaceEnv>

async function confirmPage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const secret = context.req.param('secret') ?? ''
  const opened = await openLink(place, secret)
  if (!opened) return context.html(<DeadLinkPage place={place} secret={secret} />, 410)
  const shown = filled ?? { say: place.say, typed: {}, refusals: [] }
  return context.html(
    <ConfirmPage place={place} opened={opened} secret={secret} filled={shown} />,
    shown.refusals.length > 0 ? 422 : 200,
  )
}

async function answer(
  context: InPlace,
  deed: (typed: Typed, secret: string) => Promise<{ id: string } | Refused | undefined>,
) {
  const place = context.get('place')
  const secret = context.req.param('secret') ?? ''
  const typed = typedOf(await context.req.formData())
  const outcome = await deed(typed, secret)
  if (!outcome) return context.html(<DeadLinkPage place={place} secret={secret} />, 410)
  if (!isRefused(outcome)) return context.redirect(`${place.path}/confirm/${secret}`, 303)
  const refusals = atItsEntry(typed, outcome.refusals)
  return confirmPage(context, { say: place.say, typed, refusals })
}
