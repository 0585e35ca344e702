import { campaignById } from '#campaigns'
import { note } from '#journal'
import type { Refused } from '#kit'
import { tell, tellPerson } from '#notices'
import { actorOf, deed, found, type Place, personById } from '#people'
import { missionToChange } from '../access.ts'
import { candidatesOf } from '../matching-of.ts'
import {
  decliningRefusals,
  isLed,
  leadChooses,
  leadOf,
  type Mission,
  stateOf,
} from '../rules/index.ts'
import {
  candidaciesFor,
  candidacyOf,
  type Details,
  saveDetails,
  setDeclined,
  setRank,
} from '../store/index.ts'
import { keyOf, representativeOf, valuesOf } from './told.ts'

type Done = { id: string }

const byAssociation = { of: 'association', roles: ['association.representative'] } as const

/** « Not this time », without a reason: the two alone know it. */
export async function declineCandidacy(
  place: Place,
  missionId: string,
  input: { employeeId: string },
): Promise<Done | Refused> {
  const { mission, own } = await missionToChange(place, missionId, byAssociation)
  const key = keyOf(mission, input.employeeId)
  const refusals = decliningRefusals(mission, await candidacyOf(own.tx, key))
  if (refusals.length > 0) return { refusals }
  await setDeclined(own.tx, key, { personId: actorOf(own).personId, at: own.now })
  await note(own.tx, { ...deed(own), action: 'candidacy.declined', subjectId: mission.id })
  const person = found(await personById(own.tx, input.employeeId))
  const campaign = found(await campaignById(own.tx, mission.territoryId, mission.campaignId))
  const link = `${own.url}/${campaign.year}/missions`
  const values = { title: mission.title, association: mission.associationName, name: person.name }
  await tellPerson(own, person, 'matching:notice.declined', { ...values, link })
  return { id: mission.id }
}

/** In which order the association would call those who wait: what it left out keeps its place after. */
export async function orderCandidates(
  place: Place,
  missionId: string,
  input: { placeOf: (employeeId: string) => number | undefined },
): Promise<Done | Refused> {
  const { mission, own } = await missionToChange(place, missionId, byAssociation)
  if (isLed(mission)) return { refusals: [leadChooses(mission)] }
  const campaign = found(await campaignById(own.tx, mission.territoryId, mission.campaignId))
  const before = await candidatesOf(own, campaign, mission, await candidaciesFor(own.tx, mission))
  const wanted = before.map(({ candidacy }, rank) => ({
    employeeId: candidacy.employeeId,
    place: input.placeOf(candidacy.employeeId) ?? rank + 1,
  }))
  const ordered = wanted.sort((a, b) => a.place - b.place)
  for (const [rank, { employeeId }] of ordered.entries())
    await setRank(own.tx, keyOf(mission, employeeId), rank + 1)
  const count = ordered.length
  await note(own.tx, {
    ...deed(own),
    action: 'candidates.ordered',
    subjectId: mission.id,
    details: { count },
  })
  return { id: mission.id }
}

/** Tells the association at once: nobody available any more, or the next of its list, one button away. */
export async function proposeNext(place: Place, mission: Mission): Promise<void> {
  const lead = leadOf(mission)
  const to = representativeOf(lead)
  const waiting = (await candidaciesFor(place.tx, mission)).filter(({ acceptedAt }) => !acceptedAt)
  const values = valuesOf(place, lead)
  const count = waiting.length
  if (count === 0) return tell(place, to, 'missions:notice.openAgain', values)
  return tell(place, to, 'matching:notice.next', { ...values, count })
}

/** What the association adds to its need while it looks for somebody. */
export async function detailMission(
  place: Place,
  missionId: string,
  details: Details,
): Promise<Done | Refused> {
  const { mission, own } = await missionToChange(place, missionId, byAssociation)
  if (stateOf(mission) !== 'open') return { refusals: [{ code: 'missions:refused.taken' }] }
  await saveDetails(own.tx, mission, details, { personId: actorOf(own).personId, at: own.now })
  await note(own.tx, { ...deed(own), action: 'mission.detailed', subjectId: mission.id })
  return { id: mission.id }
}
