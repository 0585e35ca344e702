import { type Context, Hono } from 'hono'
import { type Campaign, campaignOfPath } from '#campaigns'
import { addDays, dayOf, isRefused, type Refusal } from '#kit'
import { actorOf, allow, type Place, type PlaceEnv } from '#people'
import { communeRoles, holds, otherRoles, viewsOf } from '../access.ts'
import { awaitingMissions, publishMissions } from '../actions/index.ts'
import { matchingOf } from '../matching-of.ts'
import {
  type Candidacy,
  isLed,
  leadOf,
  type Mission,
  STAND_IN_DAYS,
  stateOf,
  usualWait,
} from '../rules/index.ts'
import {
  answersGivenBy,
  calendarIn,
  candidaciesBy,
  detailsOf,
  missionsOf,
  waitingIn,
} from '../store/index.ts'
import { CallingPage } from './calling.tsx'
import { EmployeeListPage } from './for-employee.tsx'
import { MissionsPage } from './list.tsx'

/** The missions of a season, to each what concerns them. */
export const listRoutes = new Hono<PlaceEnv>()

listRoutes.get(
  '/:year{[0-9]{4}}/missions',
  allow('public', ...otherRoles, 'company.employee'),
  (context) => missionsPage(context),
)
listRoutes.post(
  '/:year{[0-9]{4}}/missions',
  allow('municipality.agent', 'operator.staff', 'association.representative'),
  publish,
)

type InPlace = Context<PlaceEnv>

async function missionsPage(context: InPlace, refusals: Refusal[] = []) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const all = await missionsOf(place.tx, campaign)
  if (!place.as) return callingPage(context, campaign, all)
  const isMine = !holds(place, otherRoles) || context.req.query('mine') === 'yes'
  if (holds(place, ['company.employee']) && isMine) return employeePage(context, campaign, all)
  const isForCommune = holds(place, communeRoles)
  const missions = all.filter((mission) => viewsOf(place, mission).length > 0)
  const mine = await candidaciesBy(place.tx, place.territory.id, actorOf(place).personId)
  const awaiting = await awaitingMissions(place, campaign, all)
  const props = {
    place,
    campaign,
    missions,
    isForCommune,
    mineIds: idsOfMine(missions, mine),
    awaitingCount: awaiting.length,
    filled: { say: place.say, typed: {}, refusals },
    ...(isForCommune ? await longWaitsIn(place) : await waitsFor(place)),
  }
  return context.html(<MissionsPage {...props} />, refusals.length > 0 ? 422 : 200)
}

/** Since when one's own answers are awaited; and how fast an association usually answers, for itself. */
async function waitsFor(place: Place) {
  const { tx, territory, today, as } = place
  const waits = await waitingIn(tx, territory.id, today)
  if (as?.organisation.kind !== 'association') return { waits, usualDays: undefined }
  const answers = await answersGivenBy(tx, territory.id, as.organisation.id)
  const calendar = await calendarIn(tx, territory.id)
  return { waits, usualDays: usualWait(answers, calendar) }
}

/** Hours that no company approves: the commune may count them after a month. */
async function longWaitsIn({ tx, territory, today }: Place) {
  const waits = await waitingIn(tx, territory.id, today)
  const long = waits.filter(
    ({ awaited, since }) => awaited === 'approval' && addDays(dayOf(since), STAND_IN_DAYS) <= today,
  )
  return { waits: long, usualDays: undefined }
}

/** Without an account, or without a part in missions: those that look for somebody. */
async function callingPage(context: InPlace, campaign: Campaign, all: Mission[]) {
  const place = context.get('place')
  const missions = all.filter(
    (one) => stateOf(one) === 'open' && one.endsOn >= place.today && !isLed(one),
  )
  const ids = missions.map(({ id }) => id)
  const details = await detailsOf(place.tx, place.territory.id, ids)
  const isAsked = context.req.query('elsewhere') === 'yes'
  const offer = !place.actor ? 'open' : isAsked ? 'asked' : 'closed'
  return context.html(<CallingPage {...{ place, campaign, missions, details, offer }} />)
}

async function employeePage(context: InPlace, campaign: Campaign, all: Mission[]) {
  const place = context.get('place')
  const { tx, territory } = place
  const { personId, memberships } = actorOf(place)
  const own = memberships.find(({ role }) => role === 'company.employee')
  const companyId = own?.organisation.id ?? ''
  // Of missions shared, one offer is made for all: the others appear once they are one's own.
  const missions = all.filter(
    (one) => one.companyId === companyId && (!isLed(one) || one.chosen?.employeeId === personId),
  )
  const matching = await matchingOf(place, campaign, { missions, personIds: [personId] })
  const mine = await candidaciesBy(tx, territory.id, personId)
  const props = {
    place,
    campaign,
    missions,
    mineIds: idsOfMine(missions, mine),
    details: matching.details,
    matching,
    seeker: matching.seekerOf(personId, companyId),
    isElsewhere: context.req.query('elsewhere') === 'yes',
  }
  return context.html(<EmployeeListPage {...props} />)
}

/** Those for which this person offered their help, alone or shared. */
function idsOfMine(missions: Mission[], offers: Candidacy[]): Set<string> {
  const offered = new Set(offers.map(({ missionId }) => missionId))
  return new Set(missions.filter((one) => offered.has(leadOf(one).id)).map(({ id }) => id))
}

async function publish(context: InPlace) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const outcome = await publishMissions(place, campaign)
  if (isRefused(outcome)) return missionsPage(context, outcome.refusals)
  return context.redirect(`${place.path}/${campaign.year}/missions`, 303)
}
