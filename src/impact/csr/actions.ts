import type { Campaign } from '#campaigns'
import { note } from '#journal'
import { actorOf, deed, organisationOf, type Place } from '#people'
import { type Typed, takeTurn } from '#platform'
import { siteNames } from '#pledges'
import type { GiftFacts } from './figures.ts'
import { type GiftMission, siteAmong } from './shares.ts'
import { giftFacts, saveMissionSite } from './store.ts'

export type ToPlace = { mission: GiftMission; sites: string[]; said: string | undefined }

/** The missions whose promise names several sites: only the company knows from which its people came. */
export function missionsToPlace({ missions, sites, siteSaid }: GiftFacts): ToPlace[] {
  return missions.flatMap((mission) => {
    const names = siteNames(sites.get(mission.pledgeId) ?? '')
    const said = siteAmong(names, siteSaid.get(mission.id))
    return names.length > 1 ? [{ mission, sites: names, said }] : []
  })
}

/** `site-<mission>`: one of the sites of its promise, or nothing. Whatever else is typed changes nothing. */
export async function placeMissions(place: Place, campaign: Campaign, typed: Typed): Promise<void> {
  const { tx, territory, now } = place
  await takeTurn(tx, territory.id)
  const facts = await giftFacts(tx, campaign, organisationOf(place).id)
  for (const { mission, sites, said } of missionsToPlace(facts)) {
    const answer = typed[`site-${mission.id}`]
    if (answer === undefined) continue
    const site = siteAmong(sites, answer)
    if (site === said) continue
    const by = { saidBy: actorOf(place).personId, saidAt: now }
    await saveMissionSite(tx, {
      territoryId: territory.id,
      missionId: mission.id,
      site: site ?? '',
      ...by,
    })
    await note(tx, {
      ...deed(place),
      action: 'mission.sited',
      subjectId: mission.id,
      details: { site: site ?? '' },
    })
  }
}
