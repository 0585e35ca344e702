import { type Minutes, minutes, sumMinutes } from '#kit'
import type { Mission, WorkedMonth } from '#missions'
import { givenOf, type Pledge } from '#pledges'

/** One company's season. Done: entered and not contested; confirmed: by the association, then by the company. */
export type GiftHours = {
  promisedMinutes: Minutes
  allocatedMinutes: Minutes
  doneMinutes: Minutes
  confirmedMinutes: Minutes
  /** Promised and not yet done; zero when more was done than promised. */
  leftMinutes: Minutes
}

export type GiftFacts = {
  pledges: Pledge[]
  /** By pledge. */
  sites: ReadonlyMap<string, string>
  missions: Pick<
    Mission,
    | 'id'
    | 'pledgeId'
    | 'family'
    | 'associationId'
    | 'waitingMinutes'
    | 'confirmedMinutes'
    | 'approvedMinutes'
    | 'agreement'
  >[]
  months: WorkedMonth[]
}
type GiftMission = GiftFacts['missions'][number]

export type CsrFigures = {
  total: GiftHours
  families: ({ family: string } & GiftHours)[]
  /** Undefined: pledges that name no site. */
  sites: ({ site: string | undefined } & GiftHours)[]
  months: { month: string; doneMinutes: Minutes; confirmedMinutes: Minutes }[]
  /** Who received confirmed hours, and who gave them: counts, never names. */
  associationsCount: number
  employeesCount: number
}

export function csrFiguresFrom(facts: GiftFacts): CsrFigures {
  const { pledges, missions, sites } = facts
  const confirmed = missions.filter(({ approvedMinutes }) => approvedMinutes > 0n)
  return {
    total: hoursOf(pledges, missions),
    families: groupedBy(facts, ({ family }) => family).map(([family, hours]) => ({
      family,
      ...hours,
    })),
    sites: groupedBy(facts, ({ id }) => sites.get(id)).map(([site, hours]) => ({ site, ...hours })),
    months: monthsOf(facts.months),
    associationsCount: new Set(confirmed.map(({ associationId }) => associationId)).size,
    employeesCount: new Set(confirmed.map(({ agreement }) => agreement?.employeeId)).size,
  }
}

function groupedBy<Key>({ pledges, missions }: GiftFacts, keyOf: (pledge: Pledge) => Key) {
  return [...Map.groupBy(pledges, keyOf)].map(([key, own]): [Key, GiftHours] => {
    const ids = new Set(own.map(({ id }) => id))
    return [
      key,
      hoursOf(
        own,
        missions.filter(({ pledgeId }) => ids.has(pledgeId)),
      ),
    ]
  })
}

function hoursOf(pledges: Pledge[], missions: GiftMission[]): GiftHours {
  const promisedMinutes = sumMinutes(pledges.map(({ keptMinutes }) => keptMinutes))
  const confirmedMinutes = sumMinutes(missions.map(({ approvedMinutes }) => approvedMinutes))
  const underWay = missions.flatMap((mission) => [mission.waitingMinutes, mission.confirmedMinutes])
  const doneMinutes = sumMinutes([confirmedMinutes, ...underWay])
  const left = promisedMinutes - doneMinutes
  return {
    promisedMinutes,
    allocatedMinutes: sumMinutes(pledges.map(givenOf)),
    doneMinutes,
    confirmedMinutes,
    leftMinutes: minutes(left > 0n ? left : 0n),
  }
}

function monthsOf(worked: WorkedMonth[]): CsrFigures['months'] {
  return [...Map.groupBy(worked, ({ month }) => month)].map(([month, own]) => ({
    month,
    doneMinutes: sumMinutes(own.map(({ doneMinutes }) => doneMinutes)),
    confirmedMinutes: sumMinutes(own.map(({ approvedMinutes }) => approvedMinutes)),
  }))
}
