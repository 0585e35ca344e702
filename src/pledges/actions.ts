import { type Campaign, campaignById, familiesOf } from '#campaigns'
import { note } from '#journal'
import { isId, type Minutes, type Refusal, type Refused } from '#kit'
import { type AccountKind, type AccountRef, post } from '#ledger'
import { type Reader, tell } from '#notices'
import { deed, found, organisationOf, type Place } from '#people'
import {
  type Pledge,
  type Promised,
  refusalsForPledge,
  refusalsToConfirm,
  refusalsToReduce,
  refusalsToWithdraw,
} from './rules.ts'
import {
  insertConditions,
  insertConfirmation,
  insertPledge,
  insertReduction,
  insertWithdrawal,
  pledgeById,
} from './store.ts'
import type { Terms } from './terms.ts'

type Done = { id: string }

export type Submission = Omit<Promised, 'missionsMax'> & {
  campaignId: string
  missionsMax?: number | undefined
  /** The company states that it has no contract or tender of the commune in view. */
  hasNoCounterpart: boolean
  terms?: Terms
}

export async function submitPledge(place: Place, input: Submission): Promise<Done | Refused> {
  const outcome = await submitPledges(place, input, [input])
  if ('refusals' in outcome) return outcome
  return { id: found(outcome.ids[0]) }
}

type Line = Pick<Submission, 'family' | 'pledgedMinutes'>
export type Promising = { conditions: Omit<Submission, keyof Line>; lines: Line[] }

/** Several families in one go, under the same conditions: all or none. */
export async function submitPledges(
  place: Place,
  conditions: Promising['conditions'],
  lines: Line[],
): Promise<{ ids: string[] } | Refused> {
  const refusals = onceEach(await refusalsForPromising(place, { conditions, lines }))
  if (refusals.length > 0) return { refusals }
  const ids = await writePromising(place, { conditions, lines })
  await tellSubmitted(place, ids.length)
  return { ids }
}

async function refusalsForPromising(place: Place, promising: Promising): Promise<Refusal[]> {
  const campaign = await campaignOf(place, promising)
  const { hasNoCounterpart } = promising.conditions
  const asked = { openFamilies: await familiesOf(place.tx, campaign), hasNoCounterpart }
  return promisesIn(promising).flatMap((promised) => refusalsForPledge(promised, campaign, asked))
}

/** Of promises that were judged already: each with its move in the ledger and its note. */
export async function writePromising(place: Place, promising: Promising): Promise<string[]> {
  const campaign = await campaignOf(place, promising)
  const { terms } = promising.conditions
  const ids: string[] = []
  for (const promised of promisesIn(promising)) {
    const pledgeId = await writePledge(place, campaign, promised)
    if (terms)
      await insertConditions(place.tx, { territoryId: place.territory.id, pledgeId }, terms)
    ids.push(pledgeId)
  }
  return ids
}

async function campaignOf({ tx, territory }: Place, { conditions }: Promising): Promise<Campaign> {
  return found(await campaignById(tx, territory.id, conditions.campaignId))
}

export function promisesIn({ conditions, lines }: Promising): Promised[] {
  const { blockMinutes, modality, startsOn, endsOn, missionsMax } = conditions
  const shared = { blockMinutes, modality, startsOn, endsOn, missionsMax }
  return lines.map(({ family, pledgedMinutes }) => ({ ...shared, family, pledgedMinutes }))
}

export async function tellSubmitted(place: Place, count: number): Promise<void> {
  await tell(
    place,
    { organisationId: place.territory.organisationId, role: 'municipality.agent' },
    'pledges:notice.submitted',
    { company: organisationOf(place).name, count },
  )
}

/** The agent states by this deed that the commune holds the letter signed by an empowered person. */
export async function confirmPledge(place: Place, pledgeId: string): Promise<Done | Refused> {
  const { pledge, campaign } = await load(place, pledgeId)
  const refusals = refusalsToConfirm(pledge, campaign)
  if (refusals.length > 0) return { refusals }
  await insertConfirmation(place.tx, deed(place), pledge.id)
  await move(place, campaign, pledge, {
    reason: 'pledge.confirmed',
    from: 'PLEDGED',
    to: 'CONFIRMED',
    amount: pledge.keptMinutes,
  })
  const details = { hasSignedLetter: true, minutes: pledge.keptMinutes }
  await note(place.tx, {
    ...deed(place),
    action: 'pledge.confirmed',
    subjectId: pledge.id,
    details,
  })
  await tell(
    place,
    { organisationId: pledge.companyId, role: 'company.csr' },
    'pledges:notice.confirmed',
    { family: familyOf(pledge), year: campaign.year },
  )
  return { id: pledge.id }
}

export async function reducePledge(
  place: Place,
  pledgeId: string,
  asked: { takenBackMinutes: Minutes; reason: string },
): Promise<Done | Refused> {
  const { pledge, campaign } = await loadOwn(place, pledgeId)
  const refusals = refusalsToReduce(pledge, asked)
  if (refusals.length > 0) return { refusals }
  await insertReduction(place.tx, deed(place), { pledgeId: pledge.id, ...asked })
  await giveBack(place, campaign, pledge, {
    reason: 'pledge.reduced',
    amount: asked.takenBackMinutes,
  })
  await tellTakenBack(place, pledge)
  return { id: pledge.id }
}

export async function withdrawPledge(
  place: Place,
  pledgeId: string,
  asked: { reason: string },
): Promise<Done | Refused> {
  const { pledge, campaign } = await loadOwn(place, pledgeId)
  const refusals = refusalsToWithdraw(pledge, asked)
  if (refusals.length > 0) return { refusals }
  await insertWithdrawal(place.tx, deed(place), { pledgeId: pledge.id, ...asked })
  await giveBack(place, campaign, pledge, {
    reason: 'pledge.withdrawn',
    amount: pledge.keptMinutes,
  })
  await tellTakenBack(place, pledge)
  return { id: pledge.id }
}

/** A pledge as its company or the commune may see it; another company's does not exist. */
export async function visiblePledge(place: Place, pledgeId: string): Promise<Pledge> {
  const pledge = found(
    isId(pledgeId) ? await pledgeById(place.tx, place.territory.id, pledgeId) : undefined,
  )
  const { id, kind } = organisationOf(place)
  return found(kind === 'municipality' || id === pledge.companyId ? pledge : undefined)
}

async function load(place: Place, pledgeId: string) {
  const pledge = await visiblePledge(place, pledgeId)
  const campaign = await campaignById(place.tx, place.territory.id, pledge.campaignId)
  return { pledge, campaign: found(campaign) }
}

async function loadOwn(place: Place, pledgeId: string) {
  const { pledge, campaign } = await load(place, pledgeId)
  const isOwn = pledge.companyId === organisationOf(place).id
  return { pledge: found(isOwn ? pledge : undefined), campaign }
}

async function writePledge(place: Place, campaign: Campaign, promised: Promised) {
  const company = organisationOf(place)
  const { id: companyId, name: companyName } = company
  const id = await insertPledge(place.tx, deed(place), {
    ...promised,
    campaignId: campaign.id,
    companyId,
  })
  await move(
    place,
    campaign,
    { id, companyName, family: promised.family },
    { reason: 'pledge.submitted', from: 'OUTSIDE', to: 'PLEDGED', amount: promised.pledgedMinutes },
  )
  const details = {
    family: promised.family,
    minutes: promised.pledgedMinutes,
    declaresNoCounterpart: true,
  }
  await note(place.tx, { ...deed(place), action: 'pledge.submitted', subjectId: id, details })
  return id
}

async function giveBack(
  place: Place,
  campaign: Campaign,
  pledge: Pledge,
  { reason, amount }: { reason: 'pledge.reduced' | 'pledge.withdrawn'; amount: Minutes },
) {
  const from = pledge.state === 'confirmed' ? 'CONFIRMED' : 'PLEDGED'
  await move(place, campaign, pledge, { reason, from, to: 'OUTSIDE', amount })
  await note(place.tx, {
    ...deed(place),
    action: reason,
    subjectId: pledge.id,
    details: { minutes: amount },
  })
}

function familyOf({ family }: Pledge) {
  return ({ say }: Reader) => say(`campaigns:family.${family}`)
}

async function tellTakenBack(place: Place, pledge: Pledge) {
  await tell(
    place,
    { organisationId: place.territory.organisationId, role: 'municipality.agent' },
    'pledges:notice.takenBack',
    { company: pledge.companyName, family: familyOf(pledge) },
  )
}

type Step = { reason: string; from: AccountKind; to: AccountKind; amount: Minutes }

async function move(
  place: Place,
  campaign: Campaign,
  pledge: Pick<Pledge, 'id' | 'companyName' | 'family'>,
  { reason, from, to, amount }: Step,
) {
  const account = (kind: AccountKind): AccountRef => ({
    book: 'hours',
    kind,
    campaignId: campaign.id,
    subjectId: kind === 'OUTSIDE' ? campaign.id : pledge.id,
    label: kind === 'OUTSIDE' ? campaign.title : `${pledge.companyName} · ${pledge.family}`,
  })
  await post(place.tx, {
    ...deed(place),
    book: 'hours',
    day: place.today,
    reason,
    subjectId: pledge.id,
    moves: [{ from: account(from), to: account(to), amount }],
  })
}

/** What is wrong with the shared conditions is said once, not for each family. */
function onceEach<Item>(items: Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}
