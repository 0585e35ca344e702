import { type Minutes, minutes, sumMinutes } from '#kit'
import type { WorkedMonth } from '#missions'
import type { Pledge } from '#pledges'
import { type GiftMission, type Placed, type Share, sharesOf, siteKey } from './shares.ts'

/** One company's season. Done: entered and not contested; confirmed: by the association, then by the company. */
export type GiftHours = {
  promisedMinutes: Minutes
  allocatedMinutes: Minutes
  doneMinutes: Minutes
  confirmedMinutes: Minutes
  /** Promised and not yet done; no promise that was outdone lessens another. */
  leftMinutes: Minutes
}

export type GiftFacts = Placed & {
  pledges: Pledge[]
  missions: GiftMission[]
  months: WorkedMonth[]
}

export type MonthHours = { month: string; doneMinutes: Minutes; confirmedMinutes: Minutes }
/** No site: promises that name none. Several: hours that the company has not said from which. */
type OfSites = { sites: string[] }

/** Every table shares out the same hours: each adds up to the total. */
export type CsrFigures = {
  total: GiftHours
  families: ({ family: string } & GiftHours)[]
  sites: (OfSites & GiftHours)[]
  months: MonthHours[]
  siteMonths: (OfSites & MonthHours)[]
  /** Who received confirmed hours, and who gave them: counts, never names. */
  associationsCount: number
  employeesCount: number
}

export function csrFiguresFrom(facts: GiftFacts): CsrFigures {
  const { pledges, missions, months } = facts
  const shares = pledges.flatMap((pledge) => sharesOf(pledge, missions, facts))
  const bySite = [...Map.groupBy(shares, siteKey).values()].map((own) => ({
    own,
    sites: sitesOf(own),
  }))
  const confirmed = missions.filter(({ approvedMinutes }) => approvedMinutes > 0n)
  return {
    total: hoursOf(shares),
    families: [...Map.groupBy(shares, ({ family }) => family)].map(([family, own]) => ({
      family,
      ...hoursOf(own),
    })),
    sites: bySite.map(({ own, sites }) => ({ sites, ...hoursOf(own) })),
    months: monthsOf(months),
    siteMonths: bySite.flatMap(({ own, sites }) => {
      const ids = new Set(own.flatMap((share) => share.missions.map(({ id }) => id)))
      const there = months.filter(({ missionId }) => ids.has(missionId))
      return monthsOf(there).map((month) => ({ sites, ...month }))
    }),
    associationsCount: new Set(confirmed.map(({ associationId }) => associationId)).size,
    employeesCount: new Set(confirmed.map(({ agreement }) => agreement?.employeeId)).size,
  }
}

function sitesOf([first]: Share[]): string[] {
  return first?.sites ?? []
}

function hoursOf(shares: Share[]): GiftHours {
  const parts = shares.map((share) => ({ ...share, ...workedOf(share) }))
  return {
    promisedMinutes: sumMinutes(parts.map(({ promisedMinutes }) => promisedMinutes)),
    allocatedMinutes: sumMinutes(parts.map(({ allocatedMinutes }) => allocatedMinutes)),
    doneMinutes: sumMinutes(parts.map(({ doneMinutes }) => doneMinutes)),
    confirmedMinutes: sumMinutes(parts.map(({ confirmedMinutes }) => confirmedMinutes)),
    leftMinutes: sumMinutes(parts.map(({ leftMinutes }) => leftMinutes)),
  }
}

function workedOf({ promisedMinutes, missions }: Share) {
  const confirmedMinutes = sumMinutes(missions.map(({ approvedMinutes }) => approvedMinutes))
  const underWay = missions.flatMap((mission) => [mission.waitingMinutes, mission.confirmedMinutes])
  const doneMinutes = sumMinutes([confirmedMinutes, ...underWay])
  const left = promisedMinutes - doneMinutes
  return { confirmedMinutes, doneMinutes, leftMinutes: minutes(left > 0n ? left : 0n) }
}

function monthsOf(worked: WorkedMonth[]): MonthHours[] {
  return [...Map.groupBy(worked, ({ month }) => month)].map(([month, own]) => ({
    month,
    doneMinutes: sumMinutes(own.map(({ doneMinutes }) => doneMinutes)),
    confirmedMinutes: sumMinutes(own.map(({ approvedMinutes }) => approvedMinutes)),
  }))
}
