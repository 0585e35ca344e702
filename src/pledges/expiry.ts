import { type Campaign, campaignsOf } from '#campaigns'
import { note } from '#journal'
import { dayOf } from '#kit'
import { post } from '#ledger'
import { allTerritories } from '#people'
import { type Db, inTerritory, type Tx } from '#platform'
import { hasEnded, type Pledge } from './rules.ts'
import { insertExpiry, pledgesOf } from './store.ts'

/** Ends the promises whose period is over: what nobody was given goes back outside. Run again, it does nothing more. */
export async function expirePledges(house: { db: Db }, now: Date): Promise<number> {
  let count = 0
  for (const { id: territoryId } of await allTerritories(house.db))
    count += await inTerritory(house.db, { territoryId }, (tx) => expireIn(tx, territoryId, now))
  return count
}

async function expireIn(tx: Tx, territoryId: string, now: Date): Promise<number> {
  let count = 0
  for (const campaign of await campaignsOf(tx, territoryId)) {
    const pledges = await pledgesOf(tx, campaign)
    const ended = pledges.filter((pledge) => hasEnded(pledge, dayOf(now)))
    for (const pledge of ended) await expire(tx, { pledge, campaign, now })
    count += ended.length
  }
  return count
}

type Ended = { pledge: Pledge; campaign: Campaign; now: Date }

async function expire(tx: Tx, { pledge, campaign, now }: Ended): Promise<void> {
  const { territoryId, id: pledgeId, freeMinutes } = pledge
  const act = { territoryId, at: now, personId: undefined }
  await insertExpiry(tx, act, { pledgeId, returnedMinutes: freeMinutes })
  if (freeMinutes > 0n) await returnFree(tx, { pledge, campaign, now })
  const details = { minutes: freeMinutes }
  await note(tx, { ...act, action: 'pledge.expired', subjectId: pledgeId, details })
}

async function returnFree(tx: Tx, { pledge, campaign, now }: Ended): Promise<void> {
  const { territoryId, id: pledgeId, freeMinutes: amount, companyName, family } = pledge
  const own = { book: 'hours' as const, campaignId: campaign.id }
  const kind = pledge.state === 'confirmed' ? ('CONFIRMED' as const) : ('PLEDGED' as const)
  const from = { ...own, kind, subjectId: pledgeId, label: `${companyName} · ${family}` }
  const outside = { ...own, subjectId: campaign.id, label: campaign.title }
  await post(tx, {
    territoryId,
    at: now,
    personId: undefined,
    book: 'hours',
    day: dayOf(now),
    reason: 'pledge.expired',
    subjectId: pledgeId,
    moves: [{ from, to: { ...outside, kind: 'OUTSIDE' }, amount }],
  })
}
