import type { Context } from 'hono'
import { seatsByFile, selectSeats } from '#applications'
import { campaignById } from '#campaigns'
import { ceremonyOn, signaturesOf } from '#documents'
import { actorOf, found, type Place, type PlaceEnv } from '#people'
import { type Filled, together } from '#platform'
import { seenMission, sideIn, type View } from '../access.ts'
import { sharingOf } from '../actions/index.ts'
import { linesOf } from '../matching/index.ts'
import { candidatesOf, matchingOf } from '../matching-of.ts'
import {
  type Candidacy,
  type Entry,
  isLed,
  isToReview,
  type Mission,
  mayMediate,
  standInFrom,
  stateOf,
} from '../rules/index.ts'
import {
  candidaciesFor,
  detailsByMission,
  entriesOf,
  incidentsOf,
  reviewsOf,
  selectDetails,
} from '../store/index.ts'
import { type Known, MissionPage, seesPerson } from './mission.tsx'

/** One mission as this person may see it. */
export async function missionPage(context: Context<PlaceEnv>, filled?: Filled) {
  const place = context.get('place')
  const { mission, views } = await seenMission(place, context.req.param('id') ?? '')
  const candidacies = await candidaciesFor(place.tx, mission)
  const { personId } = actorOf(place)
  const documentId = mission.agreement?.documentId
  // Nobody notes hours before the agreement is in force.
  const entries = mission.agreement?.effectiveAt ? await entriesOf(place.tx, mission) : []
  const maySeeEntries = seesPerson(place, mission, views)
  const props = {
    place,
    mission,
    views,
    // A colleague's offer is nobody's business but that of the association that chooses.
    candidacies:
      views.includes('association') && !isLed(mission)
        ? candidacies
        : candidacies.filter(({ employeeId }) => employeeId === personId),
    standInFrom: views.includes('commune') ? standInFrom(entries) : undefined,
    entries: entriesFor(entries, {
      maySeeEntries,
      views,
      now: place.now,
    }),
    ceremony: await ceremonyOn(place, documentId),
    signatures: documentId ? await signaturesOf(place.tx, mission.territoryId, documentId) : [],
    known:
      stateOf(mission) === 'open'
        ? await knownWhileOpen(place, mission, { views, candidacies })
        : undefined,
    incidents: mission.agreement?.effectiveAt ? await incidentsOf(place.tx, mission) : [],
    review: await reviewAsked(place, mission, views),
    filled: filled ?? { say: place.say, typed: {}, refusals: [] },
  }
  return context.html(<MissionPage {...props} />, props.filled.refusals.length > 0 ? 422 : 200)
}

/** Whether one's own three answers are awaited; nothing to whoever is not asked. */
async function reviewAsked(place: Place, mission: Mission, views: View[]) {
  const side = sideIn(place, mission, views)
  if (!isToReview(mission, place.today) || (side !== 'employee' && side !== 'association'))
    return undefined
  const isSaid = (await reviewsOf(place.tx, mission)).some((one) => one.side === side)
  return isSaid ? ('said' as const) : ('asked' as const)
}

/** What helps to choose while the mission looks for somebody: to each side its own, and no more. */
async function knownWhileOpen(
  place: Place,
  mission: Mission,
  { views, candidacies }: { views: View[]; candidacies: Candidacy[] },
): Promise<Known> {
  const { tx, territory } = place
  const isEmployee = views.includes('employee')
  if (!isEmployee && !views.includes('association')) return {}
  const campaign = found(await campaignById(tx, territory.id, mission.campaignId))
  if (views.includes('association'))
    return {
      ...(await saidOf(place, mission)),
      candidates: isLed(mission) ? [] : await candidatesOf(place, campaign, mission, candidacies),
      sharing: await sharingOf(place, mission),
    }
  const { personId } = actorOf(place)
  const sides = { missions: [mission], personIds: [personId] }
  const { rules, details, seekerOf, openingOf } = await matchingOf(place, campaign, sides)
  const seeker = seekerOf(personId, mission.companyId)
  const lines = linesOf(seeker, openingOf(mission), rules, place)
  return { details: details.get(mission.id), lines, occupation: seeker.occupation }
}

/** What the association said of its need, and the point from which distances count where it typed none. */
async function saidOf({ tx, territory }: Place, { id, applicationId }: Mission) {
  const told = await together(tx, {
    details: selectDetails(tx, territory.id, [id]),
    seats: selectSeats(tx, territory.id, [applicationId]),
  })
  return {
    details: detailsByMission(told.details).get(id),
    seat: seatsByFile(told.seats).get(applicationId),
  }
}

/** The commune reads the lines on which it is asked to mediate, without what was noted on them. */
function entriesFor(
  entries: Entry[],
  { maySeeEntries, views, now }: { maySeeEntries: boolean; views: View[]; now: Date },
): Entry[] {
  if (maySeeEntries) return entries
  if (!views.includes('commune')) return []
  return entries.filter((entry) => mayMediate(entry, now)).map((entry) => ({ ...entry, note: '' }))
}
