import {
  assumptionsOf,
  computeScenario,
  currentProposal,
  type ProposedLine,
  proposeScenario,
} from '#allocation'
import type { DraftInput } from '#applications'
import { adoptedAwards, makeExecutory, notifyAll, recordDeliberation, type Sitting } from '#awards'
import { type Campaign, criteriaOf, envelopesOf } from '#campaigns'
import { cents, type Day, minutes, newId } from '#kit'
import { confirmPledge, submitPledge } from '#pledges'
import { checkCompleteness, checkEligibility, giveMarks, interestsOf } from '#review'
import type { OrganisationKey, PersonKey } from './cast.ts'
import { enter, handedOver, openApplications, wholeDraft } from './files.ts'
import { done } from './season.ts'
import type { Players } from './world.ts'

// The steps that bring a season to the vote and past it, each by its real actor. A world for them
// lives before its applications close: 10 January 2027 will do.

type Applicant = { person: PersonKey; baselineCents: bigint; marks: number; draft: DraftInput }

export type Applicants = Partial<Record<OrganisationKey, Applicant>>
/** Who asks in a season, and for what. */
export type Asking = (campaign: Campaign) => Applicants

/** Three associations: two known, one new; two ask for hours. */
export function applicants(campaign: Campaign): Applicants {
  const [need] = wholeDraft(campaign).needs ?? []
  const needs = (family: string, hours: number) =>
    need ? [{ ...need, family, maxMinutes: minutes(hours * 60) }] : []
  return {
    foodBank: {
      person: 'amina',
      baselineCents: 30_000_00n,
      marks: 4,
      draft: { askedCents: cents(30_000_00), needs: needs('FINANCE', 30) },
    },
    band: {
      person: 'luc',
      baselineCents: 12_000_00n,
      marks: 2,
      draft: { askedCents: cents(12_000_00), needs: needs('DIGITAL', 20) },
    },
    canoe: {
      person: 'eva',
      baselineCents: 0n,
      marks: 2,
      draft: { askedCents: cents(6_000_00), needs: [] },
    },
  }
}

/** Files handed over, complete, eligible and marked; last year's grants known. */
export async function reviewed(world: Players, asking: Asking = applicants): Promise<Campaign> {
  const opened = await openApplications(world)
  const pledge = {
    campaignId: opened.id,
    family: 'DIGITAL',
    pledgedMinutes: minutes(30 * 60),
    blockMinutes: minutes(5 * 60),
    modality: 'hybrid' as const,
    startsOn: opened.startsOn,
    endsOn: opened.endsOn,
    hasNoCounterpart: true,
  }
  const { id } = done(await world.as('sarah', (place) => submitPledge(place, pledge)))
  done(await world.as('claire', (place) => confirmPledge(place, id)))
  const files: { id: string; marks: number }[] = []
  for (const [key, { person, baselineCents, marks, draft }] of Object.entries(asking(opened))) {
    await grantedBefore(world, key as OrganisationKey, { year: opened.year - 1, baselineCents })
    const { askedCents = cents(0) } = draft
    const budget = { budgetChargesCents: askedCents, budgetProductsCents: askedCents }
    files.push({ id: await handedOver(world, person, opened, { ...draft, ...budget }), marks })
  }
  const campaign = await enter(world, opened.id, 'reviewing')
  for (const file of files) await review(world, campaign, file)
  return campaign
}

async function grantedBefore(
  world: Players,
  key: OrganisationKey,
  { year, baselineCents }: { year: number; baselineCents: bigint },
): Promise<void> {
  if (baselineCents === 0n) return
  await world.as('claire', ({ tx, territory }) =>
    tx
      .insertInto('baselines')
      .values({
        territoryId: territory.id,
        id: newId(),
        lineKey: `${year} ${key}`,
        year,
        beneficiaryName: key,
        organisationId: world.cast.organisations[key],
        nature: 'cash',
        amountCents: baselineCents,
      })
      .execute(),
  )
}

async function review(
  world: Players,
  campaign: Campaign,
  { id, marks }: { id: string; marks: number },
): Promise<void> {
  await world.as('claire', async (place) => {
    const criteria = await criteriaOf(place.tx, campaign)
    done(await checkCompleteness(place, id, { missing: '' }))
    const cash = { subject: 'cash', basis: 'local_interest', evidence: 'Statuts' } as const
    done(await checkEligibility(place, id, cash))
    const hours = { subject: 'hours', basis: 'ruling_granted', evidence: 'Rescrit' } as const
    done(await checkEligibility(place, id, hours))
    const given = Object.fromEntries(criteria.map((criterion) => [criterion.id, marks]))
    done(await giveMarks(place, id, { marks: given, comment: '' }))
  })
}

/** A scenario computed with the campaign's own figures. */
export async function computed(
  world: Players,
  asking?: Asking,
): Promise<{ campaign: Campaign; scenarioId: string }> {
  const campaign = await reviewed(world, asking)
  const { id } = await world.as('claire', async (place) => {
    const assumptions = assumptionsOf(campaign, await envelopesOf(place.tx, campaign))
    return done(await computeScenario(place, campaign, { name: 'Budget −5 %', assumptions }))
  })
  return { campaign, scenarioId: id }
}

/** The same, put to the council. */
export async function proposed(world: Players, asking?: Asking): Promise<Campaign> {
  const { campaign, scenarioId } = await computed(world, asking)
  await world.as('claire', async (place) => {
    done(await proposeScenario(place, campaign, scenarioId))
  })
  return enter(world, campaign.id, 'deliberating')
}

/** The sitting of `today`: twenty members of twenty-seven. */
export function sittingOn(heldOn: Day): Sitting {
  return { number: '2027-03-12', heldOn, inOfficeCount: 27, presentCount: 20 }
}

/** Everyone present is for, but those who declared an interest, who leave the room. */
export function unanimous(
  line: ProposedLine,
  { presentCount, recusedIds }: { presentCount: number; recusedIds: string[] },
) {
  const { applicationId, cashCents } = line
  const votesFor = presentCount - recusedIds.length
  const votes = { votesFor, votesAgainst: 0, abstentions: 0, isAdopted: true }
  return { applicationId, cashCents, recusedIds, ...votes }
}

export async function voted(
  world: Players,
  asking?: Asking,
): Promise<{ campaign: Campaign; deliberationId: string }> {
  const campaign = await proposed(world, asking)
  const deliberationId = await world.as('claire', async (place) => {
    const proposal = await currentProposal(place.tx, campaign)
    if (!proposal) throw new Error('nothing is proposed')
    const interests = await interestsOf(place.tx, place.territory.id)
    const sitting = sittingOn(place.today)
    const votes = proposal.lines.map((line) => {
      const own = interests.filter(({ associationId }) => associationId === line.associationId)
      const recusedIds = own.map(({ personId }) => personId)
      return unanimous(line, { presentCount: sitting.presentCount, recusedIds })
    })
    const input = { scenarioId: proposal.scenarioId, sitting, votes }
    return done(await recordDeliberation(place, campaign, input)).id
  })
  return { campaign, deliberationId }
}

/** In force, letters sent, agreements prepared; the season is under way. */
export async function notified(
  world: Players,
  asking?: Asking,
): Promise<{ campaign: Campaign; deliberationId: string }> {
  const { campaign, deliberationId } = await voted(world, asking)
  await world.as('claire', async (place) => {
    done(await makeExecutory(place, deliberationId, { executoryOn: place.today }))
    done(await notifyAll(place, deliberationId))
  })
  return { campaign: await enter(world, campaign.id, 'executing'), deliberationId }
}

export function awardOf(world: Players, campaign: Campaign, key: OrganisationKey) {
  return world.as('claire', async ({ tx }) => {
    const awards = await adoptedAwards(tx, campaign)
    const award = awards.find((one) => one.associationId === world.cast.organisations[key])
    if (!award) throw new Error(`no award for ${key}`)
    return award
  })
}
