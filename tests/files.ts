import {
  type DraftInput,
  depositApplication,
  saveDraft,
  signCommitment,
  startApplication,
} from '#applications'
import { type Campaign, campaignById, enterState, envelopesOf, type Settings } from '#campaigns'
import { cents, minutes } from '#kit'
import { confirmPledge, submitPledge } from '#pledges'
import type { PersonKey } from './cast.ts'
import { done, openSeason } from './season.ts'
import type { Players } from './world.ts'

/** A season whose applications are open: the accountants' forty hours of finance are confirmed. */
export async function openApplications(
  world: Players,
  changed: Partial<Settings> = {},
): Promise<Campaign> {
  const { id: campaignId, startsOn, endsOn } = await openSeason(world, changed)
  const pledge = {
    campaignId,
    family: 'FINANCE',
    pledgedMinutes: minutes(40 * 60),
    blockMinutes: minutes(60),
    modality: 'hybrid' as const,
    startsOn,
    endsOn,
    hasNoCounterpart: true,
  }
  const { id } = done(await world.as('hugo', (place) => submitPledge(place, pledge)))
  done(await world.as('claire', (place) => confirmPledge(place, id)))
  return enter(world, campaignId, 'applying')
}

export async function enter(
  world: Players,
  campaignId: string,
  state: Campaign['state'],
): Promise<Campaign> {
  return world.as('claire', async (place) => {
    const read = async () => {
      const campaign = await campaignById(place.tx, place.territory.id, campaignId)
      if (!campaign) throw new Error(`no season ${campaignId}`)
      return campaign
    }
    done(await enterState(place, await read(), state))
    return read()
  })
}

/** A whole draft: 1 500 € and ten hours of finance. */
export function wholeDraft(campaign: Campaign): DraftInput {
  return {
    projectTitle: 'Distribution du samedi',
    projectSummary: 'Ouvrir une distribution de plus chaque samedi matin.',
    beneficiaries: 'Soixante foyers',
    askedCents: cents(1_500_00),
    usefulCents: cents(1_000_00),
    budgetChargesCents: cents(4_000_00),
    budgetProductsCents: cents(4_000_00),
    needs: [
      {
        family: 'FINANCE',
        minMinutes: minutes(5 * 60),
        maxMinutes: minutes(10 * 60),
        deliverable: 'Un budget suivi chaque mois',
        modality: 'hybrid',
        startsOn: campaign.startsOn,
        endsOn: campaign.endsOn,
      },
    ],
  }
}

/** This association's whole draft, signed but not handed over. */
export async function prepared(
  world: Players,
  person: PersonKey,
  campaign: Campaign,
  changed: DraftInput = {},
): Promise<string> {
  return world.as(person, async (place) => {
    const { id } = done(await startApplication(place, campaign))
    const [envelope] = await envelopesOf(place.tx, campaign)
    const envelopeId = envelope?.id ?? null
    done(await saveDraft(place, id, { envelopeId, ...wholeDraft(campaign), ...changed }))
    done(await signCommitment(place, id))
    return id
  })
}

/** The same, handed over. */
export async function handedOver(
  world: Players,
  person: PersonKey,
  campaign: Campaign,
  changed: DraftInput = {},
): Promise<string> {
  const id = await prepared(world, person, campaign, changed)
  done(await world.as(person, (place) => depositApplication(place, id)))
  return id
}
