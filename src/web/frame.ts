import type { Place, Role } from '#people'
import type { Frame, NavLink } from '#platform'

/** The commune's frame around a page: its name, the season, and the rooms that this person may enter. */
export async function frameOf(
  place: Omit<Place, 'frame'>,
  path: string,
  isDemo: boolean,
): Promise<Frame> {
  const { say, language, territory } = place
  return {
    say,
    language,
    path,
    placeName: territory.name,
    placeHref: place.path,
    subtitle: say('web:subtitle'),
    nav: navOf(place),
    ...(place.actor ? { personName: place.actor.name } : {}),
    isDemo,
  }
}

function navOf({ say, path, actor }: Omit<Place, 'frame'>): NavLink[] {
  const held = new Set<Role>(actor?.memberships.map(({ role }) => role))
  const links: NavLink[] = [{ href: `${path}/home`, label: say('web:nav.home') }]
  return held.size === 0 ? [] : links
}
