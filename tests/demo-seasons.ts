import { assumptionsOf, computeScenario, currentProposal, proposeScenario } from '#allocation'
import type { DraftInput } from '#applications'
import {
  adoptedAwards,
  answerAward,
  makeExecutory,
  notifyAll,
  openNotice,
  recordDeliberation,
  recordPayment,
  signAgreement,
} from '#awards'
import { type Campaign, createCampaign, criteriaOf, envelopesOf, type Settings } from '#campaigns'
import { addDays, addMonths, cents, type Day, day, minutes } from '#kit'
import { publishSeason } from '#open-data'
import { confirmPledge, submitPledge } from '#pledges'
import {
  checkCompleteness,
  checkEligibility,
  declareInterest,
  giveMarks,
  interestsOf,
} from '#review'
import type { OrganisationKey, PersonKey } from './cast.ts'
import { sittingOn, unanimous } from './council.ts'
import type { Stage } from './demo.ts'
import { playMissions } from './demo-missions.ts'
import { talkAbout } from './demo-opinions.ts'
import { enter, handedOver, prepared } from './files.ts'
import { done, settingsOf2027 } from './season.ts'

type File = {
  person: PersonKey
  asks: number
  marks: number
  title: string
  needs: [string, number, string][]
}

const files: Partial<Record<OrganisationKey, File>> = {
  foodBank: {
    person: 'amina',
    asks: 18_000,
    marks: 4,
    title: 'Distribution du samedi',
    needs: [
      ['FINANCE', 40, 'Un budget suivi chaque mois'],
      ['LOGISTICS', 30, 'Un plan de stockage'],
    ],
  },
  band: {
    person: 'luc',
    asks: 9_500,
    marks: 3,
    title: 'Une école de musique ouverte',
    needs: [['COMMS', 20, 'Un plan de communication']],
  },
  canoe: {
    person: 'eva',
    asks: 15_000,
    marks: 3,
    title: 'Le canoë pour tous',
    needs: [['DIGITAL', 30, 'Un site et des inscriptions en ligne']],
  },
  homework: {
    person: 'karim',
    asks: 8_000,
    marks: 4,
    title: 'Devoirs accompagnés',
    needs: [['DIGITAL', 24, 'Un parc d’ordinateurs remis en état']],
  },
  gardens: {
    person: 'rose',
    asks: 4_500,
    marks: 2,
    title: 'Un jardin de plus',
    needs: [
      ['LEGAL', 12, 'Une convention d’occupation'],
      ['DIGITAL', 8, 'Une page pour réserver une parcelle'],
    ],
  },
  theatre: {
    person: 'marc',
    asks: 12_000,
    marks: 2,
    title: 'Ateliers du mercredi',
    needs: [['FINANCE', 20, 'Un contrôle de gestion simple']],
  },
}

const pledges: [PersonKey, string, number][] = [
  ['hugo', 'FINANCE', 90],
  ['hugo', 'LEGAL', 20],
  ['sarah', 'DIGITAL', 80],
  ['sarah', 'COMMS', 30],
  ['jeanne', 'LOGISTICS', 40],
]

/** Last season, from its pledges to its first receipt. */
export async function playPastSeason(stage: Stage, year: number): Promise<void> {
  const { today, goTo } = stage
  const calendar = {
    pledgesCloseOn: addMonths(today, -8),
    applicationsCloseOn: addMonths(today, -7),
    councilOn: addMonths(today, -6),
    startsOn: latest(addMonths(today, -5), day(`${year}-01-01`)),
    endsOn: addMonths(today, 1),
  }
  const opened = await openSeason(stage, {
    year,
    title: `Campagne ${year}`,
    ...calendar,
    envelopes: [{ name: 'Vie associative', cashCents: cents(51_700_00) }],
  })
  await promiseHours(stage, opened)
  const applying = await enter(stage, opened.id, 'applying')
  const handed: { id: string; marks: number }[] = []
  for (const file of Object.values(files))
    handed.push({
      id: await handedOver(stage, file.person, applying, draftOf(file, applying)),
      marks: file.marks,
    })
  goTo(addDays(calendar.applicationsCloseOn, 1))
  const campaign = await enter(stage, opened.id, 'reviewing')
  for (const file of handed) await review(stage, campaign, file)
  done(
    await stage.as('nadia', (place) =>
      declareInterest(place, {
        associationId: stage.cast.organisations.band,
        nature: 'Membre du bureau',
      }),
    ),
  )
  await decide(stage, campaign, calendar.councilOn)
  goTo(calendar.startsOn)
  const executing = await enter(stage, campaign.id, 'executing')
  await playMissions(stage, executing)
  done(await stage.as('claire', (place) => publishSeason(place, executing, { hasNames: false })))
}

async function openSeason(stage: Stage, changed: Partial<Settings>): Promise<Campaign> {
  const { id } = done(
    await stage.as('claire', (place) =>
      createCampaign(
        place,
        settingsOf2027({
          floorPercent: 70,
          reservePercent: 5,
          referenceHourlyCents: cents(38_00),
          ...changed,
        }),
      ),
    ),
  )
  return enter(stage, id, 'pledging')
}

/** Only the accountants have two offices. */
const sites: Record<string, string> = { FINANCE: 'Quai des Tanneurs', LEGAL: 'Agence du centre' }
const noTerms = {
  employeesMax: null,
  preferredCauses: [],
  excludedCauses: [],
  halfDaysEach: null,
  seniorityMonths: null,
  endOfCareerWeeklyMinutes: null,
}

async function promiseHours(stage: Stage, campaign: Campaign, waiting = 0): Promise<void> {
  for (const [rank, [person, family, hours]] of pledges.entries()) {
    const asked = {
      campaignId: campaign.id,
      family,
      pledgedMinutes: minutes(hours * 60),
      blockMinutes: minutes(120),
      modality: 'hybrid' as const,
      startsOn: campaign.startsOn,
      endsOn: campaign.endsOn,
      hasNoCounterpart: true,
      terms: { ...noTerms, sites: sites[family] ?? '' },
    }
    const { id } = done(await stage.as(person, (place) => submitPledge(place, asked)))
    if (rank < pledges.length - waiting)
      done(await stage.as('claire', (place) => confirmPledge(place, id)))
  }
}

function draftOf({ asks, title, needs }: File, campaign: Campaign): DraftInput {
  const asked = cents(asks * 100)
  return {
    projectTitle: title,
    askedCents: asked,
    usefulCents: cents(1_000_00),
    budgetChargesCents: cents(asked * 2n),
    budgetProductsCents: cents(asked * 2n),
    needs: needs.map(([family, hours, deliverable]) => ({
      family,
      minMinutes: minutes(240),
      maxMinutes: minutes(hours * 60),
      deliverable,
      modality: 'hybrid' as const,
      startsOn: campaign.startsOn,
      endsOn: campaign.endsOn,
    })),
  }
}

async function review(
  stage: Stage,
  campaign: Campaign,
  { id, marks }: { id: string; marks: number },
): Promise<void> {
  await stage.as('claire', async (place) => {
    done(await checkCompleteness(place, id, { missing: '' }))
    done(
      await checkEligibility(place, id, {
        subject: 'cash',
        basis: 'local_interest',
        evidence: 'Statuts et rapport d’activité',
      }),
    )
    done(
      await checkEligibility(place, id, {
        subject: 'hours',
        basis: 'ruling_granted',
        evidence: 'Rescrit mécénat',
      }),
    )
    const criteria = await criteriaOf(place.tx, campaign)
    const given = Object.fromEntries(criteria.map((criterion) => [criterion.id, marks]))
    done(await giveMarks(place, id, { marks: given, comment: '' }))
  })
}

/** From the split to the letters: the vote, with the recusals that members declared. */
async function decide(stage: Stage, campaign: Campaign, councilOn: Day): Promise<void> {
  await stage.as('claire', async (place) => {
    const assumptions = assumptionsOf(campaign, await envelopesOf(place.tx, campaign))
    const { id } = done(
      await computeScenario(place, campaign, { name: 'Budget −20 %', assumptions }),
    )
    done(await proposeScenario(place, campaign, id))
  })
  const deliberating = await enter(stage, campaign.id, 'deliberating')
  stage.goTo(councilOn)
  await stage.as('claire', async (place) => {
    const proposal = await currentProposal(place.tx, deliberating)
    if (!proposal) throw new Error('nothing is proposed')
    const interests = await interestsOf(place.tx, place.territory.id)
    const sitting = { ...sittingOn(place.today), number: `${campaign.year}-041` }
    const votes = proposal.lines.map((line) => {
      const recusedIds = interests
        .filter(({ associationId }) => associationId === line.associationId)
        .map(({ personId }) => personId)
      return unanimous(line, { presentCount: sitting.presentCount, recusedIds })
    })
    const { id } = done(
      await recordDeliberation(place, deliberating, {
        scenarioId: proposal.scenarioId,
        sitting,
        votes,
      }),
    )
    done(await makeExecutory(place, id, { executoryOn: place.today }))
    done(await notifyAll(place, id))
  })
  await signAndPay(stage, campaign)
}

async function signAndPay(stage: Stage, campaign: Campaign): Promise<void> {
  const awards = await stage.as('claire', ({ tx }) => adoptedAwards(tx, campaign))
  const award = awards.find(
    ({ associationId }) => associationId === stage.cast.organisations.foodBank,
  )
  if (!award?.agreementDocumentId) return
  const accepted = { answer: 'accepted', words: '' } as const
  await stage.as('amina', (place) => openNotice(place, award.id))
  done(await stage.as('amina', (place) => answerAward(place, award.id, accepted)))
  done(
    await stage.as('claire', (place) =>
      signAgreement(place, award.id, { capacity: 'Pour le maire' }),
    ),
  )
  done(
    await stage.as('amina', (place) => signAgreement(place, award.id, { capacity: 'Présidente' })),
  )
  const payment = {
    paidCents: award.cashCents,
    paidOn: addDays(campaign.councilOn, 20),
    orderNumber: 'M-118',
  }
  stage.goTo(payment.paidOn)
  done(await stage.as('claire', (place) => recordPayment(place, award.id, payment)))
}

/** Next season: pledges nearly all confirmed, one file handed over, one in the writing. */
export async function openNextSeason(stage: Stage, year: number): Promise<void> {
  const { today } = stage
  const startsOn = latest(addDays(today, 120), day(`${year}-01-01`))
  const opened = await openSeason(stage, {
    year,
    title: `Campagne ${year}`,
    pledgesCloseOn: addDays(today, 14),
    applicationsCloseOn: addDays(today, 60),
    councilOn: addDays(today, 100),
    startsOn,
    endsOn: addMonths(startsOn, 9),
    envelopes: [{ name: 'Vie associative', cashCents: cents(45_000_00) }],
  })
  await promiseHours(stage, opened, 1)
  const applying = await enter(stage, opened.id, 'applying')
  const { foodBank, band } = files
  if (foodBank) {
    const { person } = foodBank
    const id = await handedOver(stage, person, applying, draftOf(foodBank, applying))
    await talkAbout(stage, applying, { id, person })
  }
  if (band) await prepared(stage, band.person, applying, draftOf(band, applying))
}

function latest(a: Day, b: Day): Day {
  return a > b ? a : b
}
