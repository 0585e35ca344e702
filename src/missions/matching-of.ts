import { seatsByFile, selectSeats } from '#applications'
import type { Campaign } from '#campaigns'
import { type Minutes, minutes, sumMinutes } from '#kit'
import type { Place } from '#people'
import { lawOn, together } from '#platform'
import { selectConditions } from '#pledges'
import { isEligible, standings } from '#review'
import {
  callOrder,
  type MatchRules,
  matchRulesOn,
  type Policy,
  type PreparedOpening,
  type PreparedSeeker,
  preparedOpening,
  preparedSeeker,
  type Turns,
} from './matching/index.ts'
import { type Candidacy, type Mission, sharedMinutes } from './rules/index.ts'
import {
  type Details,
  detailsByMission,
  type Past,
  pastFrom,
  selectDetails,
  selectPast,
  selectWishes,
  wishesByPerson,
} from './store/index.ts'

/** Both sides of a season's matching, as they stand today. */
export type Matching = {
  rules: MatchRules
  /** What the associations added to their needs, by mission. */
  details: Map<string, Details>
  seekerOf: (personId: string, companyId: string) => PreparedSeeker
  openingOf: (mission: Mission) => PreparedOpening
}

type Around = Pick<Place, 'tx' | 'today'>

export async function matchingOf(
  { tx, today }: Around,
  campaign: Campaign,
  { missions, personIds }: { missions: Mission[]; personIds: string[] },
): Promise<Matching> {
  const { territoryId, year } = campaign
  const ids = missions.map(({ id }) => id)
  const fileIds = missions.map(({ applicationId }) => applicationId)
  const told = await together(tx, {
    past: selectPast(tx, territoryId),
    wishes: selectWishes(tx, territoryId, personIds),
    details: selectDetails(tx, territoryId, ids),
    conditions: selectConditions(tx, territoryId),
    seats: selectSeats(tx, territoryId, fileIds),
  })
  const past = told.past.map(pastFrom)
  const wishes = wishesByPerson(told.wishes)
  const details = detailsByMission(told.details)
  const conditions = new Map(told.conditions.map((one) => [one.pledgeId, one]))
  const seats = seatsByFile(told.seats)
  const files = await standings(tx, campaign, fileIds)
  return {
    rules: matchRulesOn(today),
    details,
    seekerOf: (personId, companyId) => {
      const own = past.filter(({ employeeId }) => employeeId === personId)
      const underWay = own.filter(({ endsOn }) => endsOn >= today)
      const thisYear = own.filter((mission) => mission.year === year)
      return preparedSeeker({
        ...(wishes.get(personId) ?? nothingSaid),
        id: personId,
        companyId,
        committedMinutes: sumMinutes(underWay.map(({ leftMinutes }) => leftMinutes)),
        yearMinutes: sumMinutes(thisYear.map(({ keptMinutes }) => keptMinutes)),
        turns: turnsIn(own, year),
      })
    },
    openingOf: (mission) => {
      const received = past.filter(({ associationId }) => associationId === mission.associationId)
      const hours = files.get(mission.applicationId)?.hours
      return preparedOpening(
        {
          ...mission,
          agreedMinutes: sharedMinutes(mission),
          ...details.get(mission.id),
          // A point that was typed wins over the register's.
          spot: details.get(mission.id)?.spot ?? seats.get(mission.applicationId),
          isEligible: hours !== undefined && isEligible(hours),
          policy: policyFrom(conditions.get(mission.pledgeId), today),
          turns: turnsIn(received, year),
        },
        today,
      )
    },
  }
}

const nothingSaid = { families: [], causes: [], isRemoteOnly: false }

function turnsIn(past: Past[], year: number): Turns {
  const thisYear = past.filter((mission) => mission.year === year).length
  return { thisYear, before: past.filter((mission) => mission.year < year).length }
}

type Conditions = {
  preferredCauses: string[]
  excludedCauses: string[]
  halfDaysEach: number | null
}

function policyFrom(conditions: Conditions | undefined, today: Place['today']): Policy {
  if (!conditions) return { preferredCauses: [], excludedCauses: [] }
  const { preferredCauses, excludedCauses, halfDaysEach } = conditions
  return {
    preferredCauses,
    excludedCauses,
    ...(halfDaysEach === null ? {} : { yearMinutesMax: halfDays(halfDaysEach, today) }),
  }
}

function halfDays(count: number, today: Place['today']): Minutes {
  return minutes((BigInt(count) * lawOn(today).missionDayMinutes) / 2n)
}

export type Candidate = {
  candidacy: Candidacy
  seeker: PreparedSeeker
  opening: PreparedOpening
  rank: number | undefined
}

/**
 * Who waits for this association's word: in the order that it chose, then by the published rules. What a person said elsewhere stays out of sight: only the order comes of it.
 */
export async function candidatesOf(
  place: Around,
  campaign: Campaign,
  mission: Mission,
  candidacies: Candidacy[],
): Promise<Candidate[]> {
  if (candidacies.length === 0) return []
  const personIds = candidacies.map(({ employeeId }) => employeeId)
  const sides = { missions: [mission], personIds }
  const { rules, seekerOf, openingOf } = await matchingOf(place, campaign, sides)
  const opening = openingOf(mission)
  const candidates = candidacies.map((candidacy) => {
    const seeker = seekerOf(candidacy.employeeId, mission.companyId)
    return { candidacy, seeker, opening, rank: candidacy.rank }
  })
  return callOrder(candidates, opening, rules)
}
