import { type Context, Hono } from 'hono'
import { campaignById, campaignOfPath } from '#campaigns'
import { isRefused } from '#kit'
import { actorOf, allow, found, Missing, type PlaceEnv } from '#people'
import { type Filled, typedOf } from '#platform'
import { viewsOf } from '../access.ts'
import {
  answerAbsence,
  calendarBehind,
  closeCalendar,
  eraseOwnWishes,
  openAbsence,
  openCalendar,
  sayWishes,
} from '../actions/index.ts'
import { matchRulesOn } from '../matching/index.ts'
import { stateOf } from '../rules/index.ts'
import { feedMadeAt, missionById, wishesOf } from '../store/index.ts'
import { AbsencePage, ClosedAbsencePage } from './absence-link.tsx'
import { CalendarPage } from './calendar.tsx'
import { MatchingRulesPage } from './matching-rules.tsx'
import { WishesPage } from './wishes.tsx'
import { typedFrom, wishesIn } from './wishes-form.ts'

/** Mounted before the missions themselves: `wishes` and `calendar` are no mission's number. */
export const matchingRoutes = new Hono<PlaceEnv>()

const employee = allow('company.employee')
const participants = allow(
  'company.employee',
  'company.manager',
  'company.csr',
  'association.representative',
  'association.member',
)

matchingRoutes.get('/:year{[0-9]{4}}/missions/matching', allow('public'), async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  return context.html(
    <MatchingRulesPage {...{ place, campaign }} rules={matchRulesOn(place.today)} />,
  )
})
matchingRoutes.get('/:year{[0-9]{4}}/missions/matching.json', allow('public'), async (context) => {
  const place = context.get('place')
  await campaignOfPath(place, context)
  return context.json(matchRulesOn(place.today))
})

matchingRoutes.get('/missions/wishes', employee, (context) => wishesPage(context))
matchingRoutes.post('/missions/wishes', employee, async (context) => {
  const place = context.get('place')
  const typed = typedOf(await context.req.formData())
  const { asked, refusals } = wishesIn(typed)
  if (refusals.length > 0) return wishesPage(context, { say: place.say, typed, refusals })
  await sayWishes(place, asked)
  return context.redirect(`${place.path}/missions/wishes?saved=yes`, 303)
})
matchingRoutes.post('/missions/wishes/erasure', employee, async (context) => {
  const place = context.get('place')
  await eraseOwnWishes(place)
  return context.redirect(`${place.path}/missions/wishes`, 303)
})

// From the public list: whoever is not signed in comes back here, and lands on the one-step form.
matchingRoutes.get('/missions/:id/offer', allow('signed-in'), async (context) => {
  const place = context.get('place')
  const mission = found(await missionById(place.tx, place.territory.id, context.req.param('id')))
  if (viewsOf(place, mission).length > 0)
    return context.redirect(`${place.path}/missions/${mission.id}#offer`, 303)
  if (stateOf(mission) !== 'open') throw new Missing()
  const campaign = found(await campaignById(place.tx, mission.territoryId, mission.campaignId))
  return context.redirect(`${place.path}/${campaign.year}/missions?elsewhere=yes`, 303)
})

matchingRoutes.get('/absences/:secret', allow('link'), (context) => absencePage(context))
matchingRoutes.post('/absences/:secret/answers/granted', allow('link'), (context) =>
  answer(context, 'granted'),
)
matchingRoutes.post('/absences/:secret/answers/not-now', allow('link'), (context) =>
  answer(context, 'notNow'),
)

matchingRoutes.get('/missions/calendar', participants, (context) => calendarPage(context))
matchingRoutes.post('/missions/calendar', participants, async (context) =>
  calendarPage(context, await openCalendar(context.get('place'))),
)
matchingRoutes.post('/missions/calendar/closing', participants, async (context) => {
  const place = context.get('place')
  await closeCalendar(place)
  return context.redirect(`${place.path}/missions/calendar`, 303)
})
matchingRoutes.get('/calendar/:secret', allow('link'), async (context) => {
  const secret = context.req.param('secret').replace(/\.ics$/, '')
  const text = found(await calendarBehind(context.get('place'), secret))
  return context.body(text, 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'private, no-store',
  })
})

type InPlace = Context<PlaceEnv>

async function wishesPage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const { personId } = actorOf(place)
  const wishes = (await wishesOf(place.tx, place.territory.id, [personId])).get(personId)
  const typed = wishes ? typedFrom(wishes) : {}
  const shown = filled ?? { say: place.say, typed, refusals: [] }
  const isJustSaved = context.req.query('saved') === 'yes'
  const props = { place, filled: shown, isSaid: wishes !== undefined, isJustSaved }
  return context.html(<WishesPage {...props} />, shown.refusals.length > 0 ? 422 : 200)
}

async function absencePage(context: InPlace, filled?: Filled) {
  const place = context.get('place')
  const secret = context.req.param('secret') ?? ''
  const opened = await openAbsence(place, secret)
  context.header('cache-control', 'private, no-store')
  if (!opened) return context.html(<ClosedAbsencePage place={place} />, 410)
  const shown = filled ?? { say: place.say, typed: {}, refusals: [] }
  const props = { place, opened, secret, filled: shown }
  return context.html(<AbsencePage {...props} />, shown.refusals.length > 0 ? 422 : 200)
}

async function answer(context: InPlace, given: 'granted' | 'notNow') {
  const place = context.get('place')
  const secret = context.req.param('secret') ?? ''
  const outcome = await answerAbsence(place, secret, given)
  if (!outcome) return absencePage(context)
  if (isRefused(outcome))
    return absencePage(context, { say: place.say, typed: {}, refusals: outcome.refusals })
  return context.redirect(`${place.path}/absences/${secret}`, 303)
}

async function calendarPage(context: InPlace, address?: string) {
  const place = context.get('place')
  const owner = { territoryId: place.territory.id, personId: actorOf(place).personId }
  const madeAt = await feedMadeAt(place.tx, owner)
  context.header('cache-control', 'private, no-store')
  return context.html(<CalendarPage {...{ place, madeAt, address }} />)
}
