import { note } from '#journal'
import { minutes, type Refused, refusal } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, type Place } from '#people'
import { together } from '#platform'
import { missionToChange } from '../access.ts'
import { isLed, leadOf, type Mission, type Part, partsOf, sharingRefusals } from '../rules/index.ts'
import {
  candidaciesFor,
  endShares,
  insertShare,
  missionById,
  moveOffers,
  type Share,
  selectShareable,
  selectShares,
  setJoined,
} from '../store/index.ts'
import { representativeOf, tellEmployee, valuesOf } from './told.ts'

type Done = { id: string }

const byAssociation = { of: 'association', roles: ['association.representative'] } as const

/** How a mission stands with those it could be lived together with. */
export type Sharing = {
  /** Missions of other associations that look for somebody, not asked by anybody. */
  others: Part[]
  /** Who invites this one. */
  askedBy: Share | undefined
  /** Those that it invited, without an answer. */
  unanswered: Share[]
}

export async function sharingOf({ tx }: Pick<Place, 'tx'>, mission: Mission): Promise<Sharing> {
  const { shares, shareable } = await together(tx, {
    shares: selectShares(tx, mission),
    shareable: selectShareable(tx, mission),
  })
  const askedBy = shares.find(({ missionId, isJoined }) => missionId === mission.id && !isJoined)
  const mayAsk = !isLed(mission) && !askedBy && sharingRefusals(mission).length === 0
  const others = shareable.map((one) => ({ ...one, agreedMinutes: minutes(one.agreedMinutes) }))
  return {
    others: mayAsk ? others : [],
    askedBy,
    unanswered: shares.filter(({ leadId, isJoined }) => leadId === mission.id && !isJoined),
  }
}

/**
 * An association invites others to live one mission together: one person of the company helps all. It
 * leads: it chooses the person, for everybody. Nothing is shared before each has said yes.
 */
export async function proposeSharing(
  place: Place,
  missionId: string,
  input: { isWanted: (missionId: string) => boolean },
): Promise<Done | Refused> {
  const { mission, own } = await missionToChange(place, missionId, byAssociation)
  const refusals = sharingRefusals(mission)
  if (refusals.length > 0) return { refusals }
  const wanted = (await sharingOf(own, mission)).others.filter(({ id }) => input.isWanted(id))
  if (wanted.length === 0) return { refusals: [refusal('sharing:refused.nobody')] }
  for (const other of wanted) {
    await insertShare(own.tx, pairOf(mission, other), byOf(own))
    await note(own.tx, {
      ...deed(own),
      action: 'sharing.proposed',
      subjectId: mission.id,
      details: { missionId: other.id },
    })
    const values = { ...valuesOf(own, other), lead: mission.associationName }
    await tell(own, representativeOf(other), 'sharing:notice.asked', values)
  }
  return { id: mission.id }
}

/** The association invited says yes or no; with its yes, offers made to it are made to all. */
export async function answerSharing(
  place: Place,
  missionId: string,
  { isYes }: { isYes: boolean },
): Promise<Done | Refused> {
  const { mission, own } = await missionToChange(place, missionId, byAssociation)
  const { askedBy } = await sharingOf(own, mission)
  const lead = askedBy && (await missionById(own.tx, own.territory.id, askedBy.leadId))
  if (!lead) return { refusals: [refusal('sharing:refused.notAsked')] }
  if (!isYes) {
    await endShares(own.tx, mission, byOf(own))
    await note(own.tx, { ...deed(own), action: 'sharing.declined', subjectId: mission.id })
    await tell(own, representativeOf(lead), 'sharing:notice.declined', {
      ...valuesOf(own, lead),
      association: mission.associationName,
    })
    return { id: mission.id }
  }
  const refusals = [...sharingRefusals(mission), ...sharingRefusals(lead)]
  if (refusals.length > 0) return { refusals }
  await setJoined(own.tx, pairOf(lead, mission), byOf(own))
  await moveOffers(own.tx, pairOf(lead, mission))
  await note(own.tx, {
    ...deed(own),
    action: 'sharing.joined',
    subjectId: mission.id,
    details: { leadId: lead.id },
  })
  await tellJoined(own, lead, mission)
  return { id: mission.id }
}

/** The one that leads, and whoever offered their help already: the mission is larger than they knew. */
async function tellJoined(place: Place, lead: Mission, joined: Mission): Promise<void> {
  const values = { ...valuesOf(place, lead), association: joined.associationName }
  await tell(place, representativeOf(lead), 'sharing:notice.joined', values)
  for (const { employeeId } of await candidaciesFor(place.tx, lead))
    await tellEmployee(place, employeeId, 'sharing:notice.larger', lead)
}

/** Back to a mission of one's own, as long as nobody is chosen; when the one that leads goes, all are alone. */
export async function leaveSharing(place: Place, missionId: string): Promise<Done | Refused> {
  const { mission, own } = await missionToChange(place, missionId, byAssociation)
  const refusals = mission.shared
    ? sharingRefusals(mission)
    : [refusal('sharing:refused.notShared')]
  if (refusals.length > 0) return { refusals }
  await part(own, mission)
  return { id: mission.id }
}

/** What a mission that ends, or goes, leaves behind: the others know, and look for somebody by themselves. */
export async function part(place: Place, mission: Mission): Promise<void> {
  await endShares(place.tx, mission, byOf(place))
  await note(place.tx, { ...deed(place), action: 'sharing.left', subjectId: mission.id })
  const lead = leadOf(mission)
  const told = isLed(mission) ? [lead] : partsOf(mission).filter(({ id }) => id !== mission.id)
  for (const other of told)
    await tell(place, representativeOf(other), 'sharing:notice.left', {
      ...valuesOf(place, other),
      association: mission.associationName,
    })
}

function pairOf(lead: Mission, { id }: Pick<Mission, 'id'>) {
  return { territoryId: lead.territoryId, leadMissionId: lead.id, missionId: id }
}

function byOf(place: Place) {
  return { personId: actorOf(place).personId, at: place.now }
}
