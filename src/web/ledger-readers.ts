import { adoptedAwards } from '#awards'
import { type Campaign, campaignById, campaignOfPath, families } from '#campaigns'
import type { LedgerReaders, Season } from '#ledger'
import { missionsOf } from '#missions'
import { found, organisationOf, type Place } from '#people'
import { pledgesOf } from '#pledges'
import { receiptsOf } from '#receipts'

/** The ledger comes early in the order of rooms: whose accounts are whose is told to it from here. */
export const ledgerReaders: LedgerReaders = {
  seasonOf: campaignOfPath,
  ownSubjects: async (place, season) => {
    const campaign = found(await campaignById(place.tx, place.territory.id, season.id))
    return new Set(await subjectsOf(place, campaign, organisationOf(place).id))
  },
  deedAt,
  reservedFor: async (place, season, subjectId) => {
    const campaign = found(await campaignById(place.tx, place.territory.id, season.id))
    return new Set(await heldFor(place, campaign, subjectId))
  },
  inWords: (label, say) => {
    const family = families.find((code) => label.endsWith(` · ${code}`))
    if (!family) return label
    return `${label.slice(0, -family.length)}${say(`campaigns:family.${family}`)}`
  },
}

/** The page of the deed, for a role that it is open to; a receipt's paper is for its two parties. */
function deedAt(
  { path, as }: Place,
  season: Season,
  { reason, subjectId }: { reason: string; subjectId: string },
): string | undefined {
  const [about = ''] = reason.split('.')
  const kind = as?.organisation.kind
  if (about === 'pledge') return kind === 'association' ? undefined : `${path}/pledges/${subjectId}`
  if (missionDeeds.includes(about)) return `${path}/missions/${subjectId}`
  if (about === 'receipt') return `${path}/${season.year}/receipts`
  return kind === 'municipality' ? `${path}/${season.year}/decisions` : undefined
}

const missionDeeds = ['hours', 'mission', 'missionAgreement']

/** The awards and missions that hold hours of this pledge. */
async function heldFor({ tx }: Place, campaign: Campaign, pledgeId: string): Promise<string[]> {
  const awards = await adoptedAwards(tx, campaign)
  const missions = await missionsOf(tx, campaign)
  return [...awards.flatMap(({ hours }) => hours), ...missions].flatMap((one) =>
    one.pledgeId === pledgeId ? [one.id] : [],
  )
}

async function subjectsOf(
  { tx }: Place,
  campaign: Campaign,
  organisationId: string,
): Promise<string[]> {
  const isOwn = (one: { companyId?: string; associationId?: string }) =>
    one.companyId === organisationId || one.associationId === organisationId
  const pledges = await pledgesOf(tx, campaign)
  const awards = await adoptedAwards(tx, campaign)
  const hours = awards.flatMap((award) =>
    award.hours.map(({ id, companyId }) => ({ id, companyId, associationId: award.associationId })),
  )
  const missions = await missionsOf(tx, campaign)
  const receipts = await receiptsOf(tx, campaign)
  return [pledges, awards, hours, missions, receipts].flatMap((each) =>
    each.filter(isOwn).map(({ id }) => id),
  )
}
