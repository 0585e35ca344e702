import { currentProposal, type Proposal, type ProposedLine } from '#allocation'
import { type Campaign, campaignById, envelopesOf } from '#campaigns'
import { note } from '#journal'
import { type Cents, cents, type Day, type Refused, refusal } from '#kit'
import { balances, type Move, post } from '#ledger'
import { actorOf, deed, found, type Place, peopleOf } from '#people'
import { interestsOf } from '#review'
import { votedAccount } from '../accounts.ts'
import {
  type Deliberation,
  deliberationById,
  insertDeliberation,
  isNumberTaken,
  setExecutory,
} from '../deliberations-store.ts'
import {
  type DecidedLine,
  executoryRefusals,
  type Interest,
  type Sitting,
  splitByHeld,
  voteRefusals,
} from '../rules.ts'
import { type Award, awardsOf, insertAwards, insertLapses } from '../store.ts'

export type LineVote = {
  applicationId: string
  cashCents: Cents
  votesFor: number
  votesAgainst: number
  abstentions: number
  isAdopted: boolean
  recusedIds: string[]
}

export type DeliberationInput = { scenarioId: string; sitting: Sitting; votes: LineVote[] }

/** Writes what the council decided on the lines that were before it. */
export async function recordDeliberation(
  place: Place,
  campaign: Campaign,
  { scenarioId, sitting, votes }: DeliberationInput,
): Promise<{ id: string } | Refused> {
  const { tx, territory, now, today } = place
  const proposal = await currentProposal(tx, campaign)
  if (campaign.state !== 'deliberating') return refusedFor('awards:refused.notNow')
  if (!proposal) return refusedFor('awards:refused.noProposal')
  if (proposal.scenarioId !== scenarioId) return refusedFor('awards:refused.proposalChanged')
  const awards = await awardsOf(tx, campaign)
  const lines = decidedLines(undecided(proposal, awards), votes)
  const recordedBy = actorOf(place).personId
  const interests = await interestsOf(tx, territory.id)
  const refusals = voteRefusals({
    sitting,
    lines,
    envelopes: await envelopesOf(tx, campaign),
    spentCents: spentByEnvelope(proposal, awards),
    interests: await ofMembers(place, interests),
    recorderTies: interests.filter(({ personId }) => personId === recordedBy),
    isNumberTaken: await isNumberTaken(tx, territory.id, sitting.number),
    today,
  })
  if (refusals.length > 0) return { refusals }
  const key = { territoryId: territory.id, campaignId: campaign.id }
  const act = { ...key, scenarioId, ...sitting, recordedBy, recordedAt: now }
  const id = await insertDeliberation(tx, act)
  const recusalReason = place.say('awards:recusal.reason')
  await insertAwards(tx, { ...key, deliberationId: id, recusalReason, lines })
  const details = { number: sitting.number, scenarioId, lines: lines.length, ...decided(lines) }
  await note(tx, { ...deed(place), action: 'deliberation.recorded', subjectId: id, details })
  return { id }
}

/** An agent's tie keeps them from the file and from the pen; only a member leaves the room. */
async function ofMembers({ tx, territory }: Place, interests: Interest[]): Promise<Interest[]> {
  const members = await peopleOf(tx, territory.organisationId, 'municipality.elected')
  return interests.filter(({ personId }) => members.some(({ id }) => id === personId))
}

/** For the journal, line by line: proposed before the vote, decided after; hours as proposed when adopted. */
function decided(lines: DecidedLine[]) {
  return {
    before: lines.map(({ applicationId, proposedCents, hours }) => ({
      applicationId,
      cashCents: proposedCents,
      hoursMinutes: hours.map(({ minutes }) => minutes),
    })),
    after: lines.map(({ applicationId, isAdopted, cashCents, hours }) => ({
      applicationId,
      cashCents: isAdopted ? cashCents : 0n,
      hoursMinutes: isAdopted ? hours.map(({ minutes }) => minutes) : [],
    })),
  }
}

/** From this day the decision binds: cash is voted, hours are allocated, in the ledger. */
export async function makeExecutory(
  place: Place,
  deliberationId: string,
  { executoryOn }: { executoryOn: Day },
): Promise<{ id: string } | Refused> {
  const { tx, territory, today } = place
  const deliberation = found(await deliberationById(tx, territory.id, deliberationId))
  const refusals = executoryRefusals(deliberation, { executoryOn, today })
  if (refusals.length > 0) return { refusals }
  const campaign = found(await campaignById(tx, territory.id, deliberation.campaignId))
  const adopted = (await awardsOf(tx, campaign)).filter(
    (award) => award.deliberationId === deliberationId && award.isAdopted,
  )
  const held = await confirmedHours(place, campaign)
  const { kept, lapsed } = splitByHeld(
    adopted.flatMap(({ hours }) => hours),
    held,
  )
  const keptIds = new Set(kept.map(({ id }) => id))
  await postVote(place, campaign, deliberation, { adopted, keptIds, day: executoryOn })
  await insertLapses(tx, { territoryId: territory.id, hours: lapsed, at: place.now })
  await setExecutory(tx, { territoryId: territory.id, id: deliberationId, executoryOn })
  await note(tx, {
    ...deed(place),
    action: 'deliberation.executory',
    subjectId: deliberationId,
    details: { executoryOn, lapsed: lapsed.map(({ id }) => id) },
  })
  return { id: deliberationId }
}

/** The lines that no sitting has granted yet. */
export function undecided(proposal: Proposal, awards: Award[]): ProposedLine[] {
  const granted = new Set(
    awards.filter((award) => award.isAdopted).map(({ applicationId }) => applicationId),
  )
  return proposal.lines.filter(({ applicationId }) => !granted.has(applicationId))
}

function decidedLines(lines: ProposedLine[], votes: LineVote[]): DecidedLine[] {
  const byApplication = new Map(votes.map((vote) => [vote.applicationId, vote]))
  return lines.flatMap((line) => {
    const vote = byApplication.get(line.applicationId)
    if (!vote) return []
    const { applicationId, associationId, associationName, envelopeId, askedCents, hours } = line
    const proposed = {
      applicationId,
      associationId,
      associationName,
      envelopeId,
      askedCents,
      hours,
    }
    return [{ ...proposed, proposedCents: line.cashCents, ...vote }]
  })
}

function spentByEnvelope(proposal: Proposal, awards: Award[]): Map<string, Cents> {
  const spent = new Map<string, Cents>()
  for (const award of awards.filter(({ isAdopted }) => isAdopted)) {
    const line = proposal.lines.find(({ applicationId }) => applicationId === award.applicationId)
    if (line)
      spent.set(line.envelopeId, cents((spent.get(line.envelopeId) ?? 0n) + award.cashCents))
  }
  return spent
}

/** What each pledge still holds, in minutes, as the ledger counts it. */
async function confirmedHours(
  { tx, territory }: Place,
  campaign: Campaign,
): Promise<Map<string, bigint>> {
  const held = await balances(tx, territory.id, campaign.id)
  const confirmed = held.filter(({ book, kind }) => book === 'hours' && kind === 'CONFIRMED')
  return new Map(confirmed.map(({ subjectId, amount }) => [subjectId, amount]))
}

async function postVote(
  { tx, territory, now, actor }: Place,
  campaign: Campaign,
  deliberation: Deliberation,
  { adopted, keptIds, day }: { adopted: Award[]; keptIds: Set<string>; day: Day },
): Promise<void> {
  const entry = {
    territoryId: territory.id,
    day,
    at: now,
    personId: actor?.personId,
    reason: 'deliberation.executory',
    subjectId: deliberation.id,
  }
  const hours = adopted.flatMap((award) => hoursMoves(campaign, award, keptIds))
  if (hours.length > 0) await post(tx, { ...entry, book: 'hours', moves: hours })
  const cash = adopted
    .filter((award) => award.cashCents > 0n)
    .map((award) => voted(campaign, award))
  if (cash.length > 0) await post(tx, { ...entry, book: 'cash', moves: cash })
}

function hoursMoves(campaign: Campaign, award: Award, keptIds: Set<string>): Move[] {
  const account = { book: 'hours' as const, campaignId: campaign.id }
  const kept = award.hours.filter(({ id }) => keptIds.has(id))
  return kept.map((own) => ({
    from: {
      ...account,
      kind: 'CONFIRMED',
      subjectId: own.pledgeId,
      label: `${own.companyName} · ${own.family}`,
    },
    to: {
      ...account,
      kind: 'ALLOCATED',
      subjectId: own.id,
      label: `${award.associationName} · ${own.family}`,
    },
    amount: own.minutes,
  }))
}

function voted(campaign: Campaign, award: Award): Move {
  const account = { book: 'cash' as const, campaignId: campaign.id }
  return {
    from: { ...account, kind: 'OUTSIDE', subjectId: campaign.id, label: campaign.title },
    to: votedAccount(award),
    amount: award.cashCents,
  }
}

function refusedFor(code: string): Refused {
  return { refusals: [refusal(code)] }
}
