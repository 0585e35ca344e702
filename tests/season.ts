import {
  type Campaign,
  campaignById,
  createCampaign,
  enterState,
  families,
  proposedFigures,
  type Settings,
} from '#campaigns'
import { cents, isRefused, type Refused } from '#kit'
import type { Place } from '#people'
import type { Players } from './world.ts'

/** The settings of Valmont's season, as its agent would leave them. */
export function settingsOf2027(changed: Partial<Settings> = {}): Settings {
  return {
    ...proposedFigures(2027),
    title: 'Saison 2027',
    envelopes: [{ name: 'Vie associative', cashCents: cents(40_000_00) }],
    families: [...families],
    criteria: [
      { label: 'Besoin', weight: 60 },
      { label: 'Projet', weight: 40 },
    ],
    ...changed,
  }
}

/** A season whose pledges are open. */
export async function openSeason(
  world: Players,
  changed: Partial<Settings> = {},
): Promise<Campaign> {
  const id = await world.as('claire', async (place) => {
    const created = done(await createCampaign(place, settingsOf2027(changed)))
    done(await enterState(place, await campaign(place, created.id), 'pledging'))
    return created.id
  })
  return world.as('claire', (place) => campaign(place, id))
}

async function campaign({ tx, territory }: Place, id: string): Promise<Campaign> {
  const known = await campaignById(tx, territory.id, id)
  if (!known) throw new Error(`no season ${id}`)
  return known
}

/** What was done; a refusal here is a broken test, shown with its codes. */
export function done<Outcome extends object>(outcome: Outcome | Refused): Outcome {
  if (isRefused(outcome))
    throw new Error(`refused: ${outcome.refusals.map(({ code }) => code).join(', ')}`)
  return outcome
}

/** Why it was refused, in codes; done is a broken test. */
export function codesOf(outcome: object): string[] {
  if (!isRefused(outcome)) throw new Error('done, where a refusal was expected')
  return outcome.refusals.map(({ code }) => code)
}
