import { campaignsOf, currentCampaign } from '#campaigns'
import type { Place, Role } from '#people'
import type { Frame, NavLink } from '#platform'

/** The commune's frame around a page: its name, the season, and the rooms that this person may enter. */
export async function frameOf(
  place: Omit<Place, 'frame'>,
  path: string,
  isDemo: boolean,
): Promise<Frame> {
  const { say, language, territory } = place
  const year = yearIn(path) ?? (await seasonOf(place, path))?.year
  return {
    say,
    language,
    path,
    placeName: territory.name,
    placeHref: place.path,
    subtitle: year ? say('web:subtitleYear', { year }) : say('web:subtitle'),
    nav: navOf(place, year),
    ...(place.actor ? { personName: place.actor.name, personId: place.actor.personId } : {}),
    isDemo,
  }
}

/** A mission, a receipt or an award is of the season under way, while the next one is prepared. */
async function seasonOf({ tx, territory }: Omit<Place, 'frame'>, path: string) {
  if (!/^\/[^/]+\/(?:missions|receipts|decisions)\//.test(path))
    return currentCampaign(tx, territory.id)
  const all = await campaignsOf(tx, territory.id)
  return all.find(({ state }) => state === 'executing' || state === 'reporting') ?? all[0]
}

function yearIn(path: string): number | undefined {
  const year = /^\/[^/]+\/(\d{4})(?:\/|$)/.exec(path)?.[1]
  return year ? Number(year) : undefined
}

/** The rooms of a season in its order, and who finds them in the navigation. */
const rooms: { room: string; who: Role[] }[] = [
  { room: 'pledges', who: ['municipality.agent', 'company.csr'] },
  {
    room: 'applications',
    who: [
      'municipality.agent',
      'association.representative',
      'association.member',
      'association.reader',
    ],
  },
  { room: 'review', who: ['municipality.agent', 'municipality.elected'] },
  { room: 'allocation', who: ['municipality.agent', 'municipality.elected'] },
  {
    room: 'decisions',
    who: [
      'municipality.agent',
      'municipality.elected',
      'municipality.finance',
      'association.representative',
      'association.reader',
    ],
  },
  {
    room: 'missions',
    who: [
      'municipality.agent',
      'company.csr',
      'company.manager',
      'company.employee',
      'association.representative',
      'association.member',
    ],
  },
  { room: 'receipts', who: ['municipality.agent', 'company.csr', 'association.representative'] },
  { room: 'report', who: ['municipality.agent', 'association.representative'] },
  { room: 'ledger', who: ['municipality.agent', 'company.csr', 'association.representative'] },
]

function navOf({ say, path, actor }: Omit<Place, 'frame'>, year: number | undefined): NavLink[] {
  const held = new Set<Role>(actor?.memberships.map(({ role }) => role))
  if (held.size === 0) return []
  const home = { href: `${path}/home`, label: say('web:nav.home') }
  if (!year) return [home]
  const open = rooms.filter(({ who }) => who.some((role) => held.has(role)))
  return [
    home,
    ...open.map(({ room }) => ({ href: `${path}/${year}/${room}`, label: say(`web:nav.${room}`) })),
  ]
}
