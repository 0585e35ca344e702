import type { Campaign } from '#campaigns'
import { type Day, type Minutes, minutes, type Refusal, refusal, sumMinutes } from '#kit'

export const modalities = ['on_site', 'remote', 'hybrid'] as const
export type Modality = (typeof modalities)[number]

/** What a company promises for one skill family. */
export type Promised = {
  family: string
  pledgedMinutes: Minutes
  /** Hours are given in whole blocks: half a day, a day. */
  blockMinutes: Minutes
  missionsMax: number | undefined
  modality: Modality
  startsOn: Day
  endsOn: Day
}

export type PledgeState = 'submitted' | 'confirmed' | 'withdrawn' | 'expired'

export type Pledge = Promised & {
  territoryId: string
  id: string
  campaignId: string
  companyId: string
  companyName: string
  submittedAt: Date
  state: PledgeState
  /** What is still promised: without what was taken back, or returned when the period ended. */
  keptMinutes: Minutes
  /** What the ledger says is still free: neither allocated to an association nor committed. */
  freeMinutes: Minutes
}

/** Hours are counted in half hours until a mission is agreed. */
const STEP = 30n
/** No commune has more associations; beyond it, a slip of the keyboard. */
const MISSIONS_MAX = 100_000

export function refusalsForPledge(
  promised: Promised,
  campaign: Campaign,
  asked: { openFamilies: string[]; hasNoCounterpart: boolean },
): Refusal[] {
  const { pledgedMinutes, blockMinutes, missionsMax, startsOn, endsOn } = promised
  const field = `hours-${promised.family}`
  const refusals: Refusal[] = []
  const say = (code: string, name: string) => refusals.push(refusal(code, { field: name }))
  if (campaign.state !== 'pledging' && campaign.state !== 'applying')
    refusals.push(refusal('pledges:refused.notOpen'))
  if (!asked.openFamilies.includes(promised.family)) say('pledges:refused.family', field)
  if (pledgedMinutes <= 0n || pledgedMinutes % STEP !== 0n) say('pledges:refused.hours', field)
  if (blockMinutes <= 0n || blockMinutes % STEP !== 0n) say('pledges:refused.block', 'block')
  else if (blockMinutes > pledgedMinutes) say('pledges:refused.blockTooBig', field)
  const isCount = Number.isInteger(missionsMax) && Number(missionsMax) <= MISSIONS_MAX
  if (missionsMax !== undefined && !(isCount && missionsMax > 0))
    say('pledges:refused.missionsMax', 'missionsMax')
  if (startsOn < campaign.startsOn) say('pledges:refused.beforeSeason', 'startsOn')
  if (endsOn > campaign.endsOn) say('pledges:refused.afterSeason', 'endsOn')
  if (endsOn < startsOn) say('pledges:refused.endsBeforeStart', 'endsOn')
  // CGI art. 238 bis: a gift has no counterpart; a contract in view would be one (DOMAIN T12, Q2).
  if (!asked.hasNoCounterpart) say('pledges:refused.counterpart', 'noCounterpart')
  return refusals
}

export function refusalsToConfirm(pledge: Pledge, campaign: Campaign): Refusal[] {
  if (pledge.state === 'confirmed') return [refusal('pledges:refused.confirmedAlready')]
  const over = refusalsOnceOver(pledge)
  if (over.length > 0) return over
  // Later, hours would change under a split that was already shown.
  const isOpen = ['pledging', 'applying', 'reviewing'].includes(campaign.state)
  return isOpen ? [] : [refusal('pledges:refused.tooLateToConfirm')]
}

/** Hours given to an association stay given: only what is free may be taken back. */
export function refusalsToReduce(
  pledge: Pledge,
  asked: { takenBackMinutes: Minutes; reason: string },
): Refusal[] {
  const over = refusalsOnceOver(pledge)
  if (over.length > 0) return over
  const refusals: Refusal[] = []
  const { takenBackMinutes, reason } = asked
  if (takenBackMinutes <= 0n || takenBackMinutes % STEP !== 0n)
    refusals.push(refusal('pledges:refused.hours', { field: 'takenBack' }))
  else if (takenBackMinutes > pledge.freeMinutes)
    refusals.push(refusal('pledges:refused.alreadyGiven', { field: 'takenBack' }))
  else if (takenBackMinutes === pledge.keptMinutes)
    refusals.push(refusal('pledges:refused.withdrawInstead', { field: 'takenBack' }))
  if (reason === '') refusals.push(refusal('pledges:refused.noReason', { field: 'reason' }))
  return refusals
}

export function refusalsToWithdraw(pledge: Pledge, asked: { reason: string }): Refusal[] {
  const over = refusalsOnceOver(pledge)
  if (over.length > 0) return over
  const refusals: Refusal[] = []
  if (pledge.freeMinutes < pledge.keptMinutes) refusals.push(refusal('pledges:refused.partlyGiven'))
  if (asked.reason === '')
    refusals.push(refusal('pledges:refused.noReason', { field: 'withdrawalReason' }))
  return refusals
}

/** Withdrawn or expired: two ends from which nothing comes back (DOMAIN 8.3). */
function refusalsOnceOver({ state }: Pledge): Refusal[] {
  if (state === 'withdrawn') return [refusal('pledges:refused.withdrawnAlready')]
  return state === 'expired' ? [refusal('pledges:refused.expired')] : []
}

/** A promise is over the day after its last day; whoever was given hours keeps them. */
export function hasEnded(pledge: Pick<Pledge, 'state' | 'endsOn'>, today: Day): boolean {
  const isAlive = pledge.state === 'submitted' || pledge.state === 'confirmed'
  return isAlive && pledge.endsOn < today
}

/** Hours that may be shared out now. */
export type Supply = Pick<
  Pledge,
  | 'companyId'
  | 'companyName'
  | 'family'
  | 'blockMinutes'
  | 'missionsMax'
  | 'modality'
  | 'startsOn'
  | 'endsOn'
> & { pledgeId: string; availableMinutes: Minutes }

/**
 * What may be shared out, in whole blocks, once the season's reserve is set aside. The reserve is
 * counted over a skill family and takes whole blocks from the biggest pledges first; it never takes
 * the only block of a pledge, so that a company's single day is not promised in vain.
 */
export function supplyOf(pledges: Stock[], reservePercent: number): Supply[] {
  const confirmed = pledges.filter(({ state }) => state === 'confirmed')
  const byFamily = Map.groupBy(confirmed, ({ family }) => family)
  return [...byFamily.values()].flatMap((family) => supplyOfFamily(family, reservePercent))
}

/** What of a pledge says how much of it may be shared out. */
type Stock = Omit<Supply, 'pledgeId' | 'availableMinutes'> &
  Pick<Pledge, 'id' | 'state' | 'keptMinutes' | 'freeMinutes'>

function supplyOfFamily(pledges: Stock[], reservePercent: number): Supply[] {
  const kept = sumMinutes(pledges.map(({ keptMinutes }) => keptMinutes))
  let toReserve = (kept * BigInt(reservePercent)) / 100n
  const rooms = pledges.map((pledge) => ({
    pledge,
    available: pledge.freeMinutes - (pledge.freeMinutes % pledge.blockMinutes),
  }))
  for (const { pledge, available } of rooms) toReserve -= pledge.freeMinutes - available
  while (toReserve > 0n) {
    const [biggest] = rooms.filter(maySpareBlock).sort(byBiggest)
    if (!biggest) break
    biggest.available -= biggest.pledge.blockMinutes
    toReserve -= biggest.pledge.blockMinutes
  }
  return rooms
    .filter(({ available }) => available > 0n)
    .map(({ pledge, available }) => supplyFrom(pledge, minutes(available)))
}

type Room = { pledge: Stock; available: bigint }

function maySpareBlock({ pledge, available }: Room): boolean {
  const isServing = pledge.keptMinutes > pledge.freeMinutes
  return available > (isServing ? 0n : pledge.blockMinutes)
}

function byBiggest(a: Room, b: Room): number {
  if (a.available !== b.available) return a.available > b.available ? -1 : 1
  return a.pledge.id < b.pledge.id ? -1 : 1
}

function supplyFrom(pledge: Stock, availableMinutes: Minutes): Supply {
  const { id, companyId, companyName, family, blockMinutes, missionsMax } = pledge
  const { modality, startsOn, endsOn } = pledge
  const company = { companyId, companyName }
  const limits = { blockMinutes, missionsMax, modality, startsOn, endsOn }
  return { pledgeId: id, ...company, family, availableMinutes, ...limits }
}

/** One line of the thermometer: what is promised and what is confirmed for one skill. */
export type Level = { family: string; promisedMinutes: Minutes; confirmedMinutes: Minutes }

export function levelsOf(families: string[], pledges: Pledge[]): Level[] {
  return families.map((family) => {
    const own = pledges.filter((pledge) => pledge.family === family && pledge.state !== 'withdrawn')
    const confirmed = own.filter(({ state }) => state !== 'submitted')
    return {
      family,
      promisedMinutes: sumMinutes(own.map(({ keptMinutes }) => keptMinutes)),
      confirmedMinutes: sumMinutes(confirmed.map(({ keptMinutes }) => keptMinutes)),
    }
  })
}
