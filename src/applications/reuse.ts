import { type Campaign, campaignsOf, envelopesOf, familiesOf } from '#campaigns'
import { actorOf, type Place } from '#people'
import type { Tx } from '#platform'
import { keepDraft } from './actions.ts'
import { knownFrom } from './cerfa/file.ts'
import { partsTaken } from './cerfa/reuse.ts'
import { signFields } from './draft-store.ts'
import { needFieldNames, typedMoney } from './forms.ts'
import type { Answers, Application, Deposit, NewNeed } from './rules.ts'
import { applicationById, applicationsOfAssociation } from './store.ts'

export type Earlier = { application: Application; deposit: Deposit; year: number }

/** The latest file that this association handed over in a season before this one. */
export async function earlierFileOf(
  tx: Tx,
  campaign: Campaign,
  associationId: string,
): Promise<Earlier | undefined> {
  const seasons = await campaignsOf(tx, campaign.territoryId)
  const files = await applicationsOfAssociation(tx, campaign.territoryId, associationId)
  for (const { id, year } of seasons) {
    const application = files.find(({ campaignId }) => campaignId === id)
    const deposit = application?.deposit
    if (year < campaign.year && application && deposit) return { application, deposit, year }
  }
  return undefined
}

/**
 * Fills a new draft with what the association said then (USERS 5.23): each value says where it comes
 * from until somebody changes it. Periods are this season's, and nothing is signed for the new year.
 */
export async function takeOver(
  place: Place,
  draftId: string,
  { campaign, earlier }: { campaign: Campaign; earlier: Earlier },
): Promise<void> {
  const { tx, territory, now } = place
  const draft = await applicationById(tx, territory.id, draftId)
  if (!draft) return
  const old = earlier.application
  const answers = { ...answersOf(old), envelopeId: await sameEnvelope(place, campaign, old) }
  const needs = await needsFor(tx, campaign, old)
  await keepDraft(place, draft, { ...answers, needs })
  const known = knownFrom(draft, [])
  const parts = await partsTaken(tx, { territoryId: territory.id, id: old.id }, known)
  for (const part of parts) await keepDraft(place, draft, { part })
  const filled = await applicationById(tx, territory.id, draftId)
  const saved = { at: now, personId: actorOf(place).personId, takenFrom: old.id }
  const key = { territoryId: territory.id, id: draftId }
  const ofForm = parts.flatMap(({ answers }) => Object.keys(answers))
  if (filled) await signFields(tx, key, [...answersTaken(filled), ...ofForm], saved)
}

function answersOf(old: Application): Omit<Answers, 'envelopeId'> {
  return {
    projectTitle: old.projectTitle,
    projectSummary: old.projectSummary,
    beneficiaries: old.beneficiaries,
    askedCents: old.askedCents,
    usefulCents: old.usefulCents,
    cashFallback: old.cashFallback,
    budgetChargesCents: old.budgetChargesCents,
    budgetProductsCents: old.budgetProductsCents,
  }
}

/** Envelopes are made anew each season: the one of the same name is the same to people. */
async function sameEnvelope({ tx }: Place, campaign: Campaign, old: Application) {
  const now = await envelopesOf(tx, campaign)
  const [only, ...others] = now
  if (only && others.length === 0) return only.id
  const before = await campaignsOf(tx, campaign.territoryId)
  const then = before.find(({ id }) => id === old.campaignId)
  const known = then ? await envelopesOf(tx, then) : []
  const name = known.find(({ id }) => id === old.envelopeId)?.name
  return now.find((envelope) => envelope.name === name)?.id ?? null
}

async function needsFor(tx: Tx, campaign: Campaign, old: Application): Promise<NewNeed[]> {
  const families = await familiesOf(tx, campaign)
  const { startsOn, endsOn } = campaign
  return old.needs.map(({ id: _, ...need }) => ({
    ...need,
    family: need.family && families.includes(need.family) ? need.family : null,
    startsOn,
    endsOn,
  }))
}

/** What came along and says something: a blank comes from nowhere, a period is this season's. */
function answersTaken(filled: Application): string[] {
  const { projectTitle, projectSummary, beneficiaries } = filled
  const typed = { projectTitle, projectSummary, beneficiaries, ...typedMoney(filled) }
  const said = Object.entries(typed).filter(([, value]) => value !== '')
  const ofNeeds = filled.needs.flatMap(({ id }) =>
    needFieldNames.filter((name) => !/On$/.test(name)).map((name) => `${id}-${name}`),
  )
  return [...said.map(([field]) => field), ...ofNeeds]
}
