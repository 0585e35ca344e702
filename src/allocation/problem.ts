import type { Deposited } from '#applications'
import type { Campaign } from '#campaigns'
import type { Cents } from '#kit'
import type { Pledge } from '#pledges'
import { isEligible, type Standing } from '#review'
import type { SeasonFacts, SeasonPledge, SeasonRequest } from './facts.ts'

/** The season as its rooms know it. */
export type SeasonRows = {
  campaign: Pick<Campaign, 'cashUnitCents' | 'totalCapPercent'>
  envelopes: { id: string; name: string; cashCents: Cents }[]
  deposited: Deposited[]
  standings: Map<string, Standing>
  baselines: Map<string, Cents>
  pledges: Pledge[]
}

/** The rows that count in a split, in plain numbers. */
export function factsOf(rows: SeasonRows): SeasonFacts {
  return {
    cashUnitCents: Number(rows.campaign.cashUnitCents),
    totalCapPercent: rows.campaign.totalCapPercent,
    envelopes: rows.envelopes.map(({ id, name, cashCents }) => ({
      id,
      name,
      cashCents: Number(cashCents),
    })),
    requests: rows.deposited.flatMap((one) => requestOf(rows, one) ?? []),
    pledges: rows.pledges.filter(({ state }) => state === 'confirmed').map(pledgeOf),
  }
}

function requestOf(rows: SeasonRows, deposited: Deposited): SeasonRequest | undefined {
  const standing = rows.standings.get(deposited.id)
  const isCashEligible = isEligible(standing?.cash)
  const isHoursEligible = isEligible(standing?.hours)
  if (!standing?.isComplete || !(isCashEligible || isHoursEligible)) return undefined
  const { id, associationId, associationName, projectTitle, envelopeId, needs } = deposited
  return {
    applicationId: id,
    associationId,
    associationName,
    projectTitle,
    envelopeId,
    baselineCents: Number(rows.baselines.get(associationId) ?? 0n),
    askedCents: Number(deposited.askedCents),
    usefulCents: Number(deposited.usefulCents),
    score: standing.score === undefined ? undefined : Math.round(standing.score),
    isCashEligible,
    isHoursEligible,
    needs: needs.map(({ id, family, startsOn, endsOn, modality, ...need }) => ({
      id,
      family,
      minMinutes: Number(need.minMinutes),
      maxMinutes: Number(need.maxMinutes),
      startsOn,
      endsOn,
      modality,
    })),
  }
}

function pledgeOf(pledge: Pledge): SeasonPledge {
  const { id, companyId, companyName, family, missionsMax, startsOn, endsOn, modality } = pledge
  return {
    id,
    companyId,
    companyName,
    family,
    keptMinutes: Number(pledge.keptMinutes),
    freeMinutes: Number(pledge.freeMinutes),
    blockMinutes: Number(pledge.blockMinutes),
    missionsMax,
    startsOn,
    endsOn,
    modality,
  }
}
