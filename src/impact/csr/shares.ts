import { type Minutes, minutes, sumMinutes } from '#kit'
import type { Mission } from '#missions'
import { givenOf, type Pledge, siteNames } from '#pledges'
import { fold } from '#territory'

export type GiftMission = Pick<
  Mission,
  | 'id'
  | 'pledgeId'
  | 'family'
  | 'title'
  | 'associationId'
  | 'associationName'
  | 'agreedMinutes'
  | 'ending'
  | 'waitingMinutes'
  | 'confirmedMinutes'
  | 'approvedMinutes'
  | 'agreement'
>

/** A promise, or the part of it that is known to come from one site. */
export type Share = {
  family: string
  /** None: the promise names no site. Several: which of them is not known. */
  sites: string[]
  promisedMinutes: Minutes
  allocatedMinutes: Minutes
  missions: GiftMission[]
}

export type Placed = {
  /** By pledge, as its company wrote them. */
  sites: ReadonlyMap<string, string>
  /** By mission, as its company said since. */
  siteSaid: ReadonlyMap<string, string>
}

/** The shares of a promise add up to it: a mission takes the hours that it holds to its site. */
export function sharesOf(pledge: Pledge, missions: GiftMission[], placed: Placed): Share[] {
  const { family, keptMinutes } = pledge
  const sites = siteNames(placed.sites.get(pledge.id) ?? '')
  const siteOf = ({ id }: GiftMission) => siteAmong(sites, placed.siteSaid.get(id))
  const own = missions.filter(({ pledgeId }) => pledgeId === pledge.id)
  if (sites.length < 2) return [shareOf(own)]
  const told = sites.flatMap((site) => {
    const there = own.filter((mission) => siteOf(mission) === site)
    const heldMinutes = sumMinutes(there.map(heldBy))
    const hours = { promisedMinutes: heldMinutes, allocatedMinutes: heldMinutes }
    return there.length > 0 ? [{ family, sites: [site], ...hours, missions: there }] : []
  })
  const rest = shareOf(own.filter((mission) => !siteOf(mission)))
  const gone = sumMinutes(told.map(({ promisedMinutes }) => promisedMinutes))
  rest.promisedMinutes = minutes(rest.promisedMinutes - gone)
  rest.allocatedMinutes = minutes(rest.allocatedMinutes - gone)
  return rest.promisedMinutes > 0n || rest.missions.length > 0 ? [...told, rest] : told

  function shareOf(its: GiftMission[]): Share {
    const hours = { promisedMinutes: keptMinutes, allocatedMinutes: givenOf(pledge) }
    return { family, sites, ...hours, missions: its }
  }
}

/** Only a site that the promise names; an empty word says that it is not known. */
export function siteAmong(sites: string[], said: string | undefined): string | undefined {
  return said === undefined ? undefined : sites.find((site) => fold(site) === fold(said))
}

/** Shares of the same site, or of the same sites, however their company wrote them. */
export function siteKey({ sites }: Share): string {
  return sites.map(fold).sort().join(';')
}

function heldBy({ agreedMinutes, ending }: GiftMission): Minutes {
  return minutes(agreedMinutes - (ending?.returnedMinutes ?? 0n))
}
