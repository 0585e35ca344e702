import { type Claimant, type Problem, problemFormat } from '../engine/index.ts'
import type { GrantsRead } from './grants.ts'
import type { ReplayOptions } from './replay.ts'
import type { ReplayNeed, ReplayPledge } from './season.ts'

// No association rises above 130 % of what it had: hours complete, they do not make anyone rich.
const TOTAL_CAP_PERCENT = 130n
const NO_SCORE = 50

type Season = {
  options: ReplayOptions
  grants: GrantsRead
  envelopeCents: bigint
  needs: ReplayNeed[]
  pledges: ReplayPledge[]
  hoursEligible: Set<string>
}

/** Last year's grants as baselines and references, one envelope, and the hours beside. */
export function problemOf(season: Season): Problem {
  const { options, grants, envelopeCents, needs, pledges } = season
  const families = [...new Set([...needs, ...pledges].map(({ family }) => family))]
  return {
    format: problemFormat,
    cashUnitCents: options.cashUnitCents,
    scoreWeights: [],
    families: families.map((family) => ({ family, hourlyValueCents: options.hourlyCents })),
    envelopes: [
      { id: 'all', name: grants.grantorName ?? grants.fileName, cashCents: Number(envelopeCents) },
    ],
    companies: [...new Set(pledges.map(({ company }) => company))].map((name) => ({
      id: name,
      name,
      missionsMax: null,
      excludedAssociationIds: [],
    })),
    pools: pledges.map(({ company, family, ...pledge }, rank) => ({
      id: `p${rank + 1}`,
      companyId: company,
      families: [family],
      ...pledge,
    })),
    needs: needs.map(({ beneficiaryId, ...need }, rank) => ({
      id: `n${rank + 1}`,
      associationId: beneficiaryId,
      ...need,
    })),
    associations: grants.beneficiaries.map((one): Claimant => {
      const requestCents = one.requestedCents ?? one.baselineCents
      const floorCents = (one.baselineCents * BigInt(options.floorPercent)) / 100n
      return {
        id: one.id,
        name: one.name,
        envelopeId: 'all',
        basisCents: Number(one.baselineCents),
        referenceCents: Number(one.baselineCents),
        baselineCents: Number(one.baselineCents),
        floorCents: Number(floorCents < requestCents ? floorCents : requestCents),
        requestCents: Number(requestCents),
        usefulCents: 0,
        totalCapCents: Number((one.baselineCents * TOTAL_CAP_PERCENT) / 100n),
        score: NO_SCORE,
        isCashEligible: requestCents > 0n,
        isHoursEligible: season.hoursEligible.has(one.id),
        excludedCompanyIds: [],
      }
    }),
    pins: { cash: [], hours: [] },
  }
}
