import { drawFrom } from '../engine/generator.ts'
import type { Modality } from '../engine/index.ts'
import type { Beneficiary } from './grants.ts'
import { families, type ReplayNeed, type ReplayPledge } from './season.ts'

const DAY_MINUTES = 7 * 60
const HALF_DAY_MINUTES = 3.5 * 60
// A simulated company gives at most so much to one commune: beyond, the simulation would flatter the result.
const HOURS_PER_COMPANY_MAX = 350
const SHARE_ASKING = 0.45
const NEED_SHARE_OF_GRANT = 0.35

type Simulation = {
  seed: number
  beneficiaries: Beneficiary[]
  hourlyCents: number
  cutCents: bigint
  year: number | undefined
}

/** Who asks for which hours: made up, the same for the same seed and the same beneficiaries. */
export function simulatedNeeds({
  seed,
  beneficiaries,
  hourlyCents,
  year,
}: Simulation): ReplayNeed[] {
  const draw = drawFrom(seed)
  return beneficiaries
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((one) => {
      const asks = draw() < SHARE_ASKING
      const family = pick(families, draw() * draw())
      const start = Math.floor(draw() * 3)
      const modality = pick(modalityDraws, draw())
      const usefulMinutes = (Number(one.baselineCents) * NEED_SHARE_OF_GRANT * 60) / hourlyCents
      const days = Math.min(10, Math.floor(usefulMinutes / DAY_MINUTES))
      if (!asks || days < 1) return []
      const maxMinutes = days * DAY_MINUTES
      const minMinutes = days > 3 ? 2 * DAY_MINUTES : DAY_MINUTES
      return [
        { beneficiaryId: one.id, family, minMinutes, maxMinutes, modality, ...term(year, start) },
      ]
    })
}

/** What fictional companies promise: about what the needs ask, family by family, one family left short. */
export function simulatedPledges(simulation: Simulation, needs: ReplayNeed[]): ReplayPledge[] {
  const draw = drawFrom(simulation.seed + 1)
  const wanted = new Map<string, number>()
  for (const { family, maxMinutes } of needs)
    wanted.set(family, (wanted.get(family) ?? 0) + maxMinutes)
  // All together they do not promise more than the fall is worth.
  const asked = [...wanted.values()].reduce((sum, one) => sum + one, 0)
  const worthOfCut = (Number(simulation.cutCents) * 60) / simulation.hourlyCents
  const scale = Math.min(0.9, (0.9 * worthOfCut) / Math.max(1, asked))
  let company = 0
  return [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([family, minutes]) => {
      const target = minutes * scale * (0.4 + 0.9 * draw())
      const count = Math.max(1, Math.ceil(target / (HOURS_PER_COMPANY_MAX * 60)))
      return Array.from({ length: count }, (): ReplayPledge => {
        const days = Math.max(1, Math.round(target / count / DAY_MINUTES))
        const isHalfDays = draw() < 0.4
        company += 1
        return {
          company: companyName(company - 1),
          family,
          minutes: days * DAY_MINUTES,
          blockMinutes: isHalfDays ? HALF_DAY_MINUTES : DAY_MINUTES,
          missionsMax: draw() < 0.3 ? Math.max(2, Math.ceil(days / 3)) : null,
          modality: pick(modalityDraws, draw()),
          ...between(simulation.year, '01-01', '12-31'),
        }
      })
    })
}

/** Who may receive hours is not in any open file: five in six are taken to be of general interest. */
export function simulatedEligibility(seed: number, beneficiaries: Beneficiary[]): Set<string> {
  const draw = drawFrom(seed + 2)
  const inOrder = beneficiaries.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return new Set(inOrder.filter(() => draw() < 5 / 6).map(({ id }) => id))
}

const modalityDraws: Modality[] = ['hybrid', 'hybrid', 'hybrid', 'on_site', 'remote']

function pick<Item>(items: readonly Item[], share: number): Item {
  const item = items[Math.floor(share * items.length)] ?? items[0]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

type Period = { startsOn?: string; endsOn?: string }

function term(year: number | undefined, start: number): Period {
  const [startsOn = '01-01', endsOn = '12-31'] =
    [
      ['01-15', '06-30'],
      ['03-01', '10-31'],
      ['09-01', '12-31'],
    ][start] ?? []
  return between(year, startsOn, endsOn)
}

function between(year: number | undefined, startsOn: string, endsOn: string): Period {
  return year === undefined ? {} : { startsOn: `${year}-${startsOn}`, endsOn: `${year}-${endsOn}` }
}

// Names of plants and places of work put together: no such companies are known.
const first = [
  'Ateliers',
  'Comptoir',
  'Bureau',
  'Fabrique',
  'Maison',
  'Relais',
  'Studio',
  'Cabinet',
]
const second = [
  'Aubépine',
  'Bruyère',
  'Charme',
  'Digitale',
  'Églantine',
  'Fougère',
  'Genêt',
  'Houx',
  'Iris',
]

function companyName(rank: number): string {
  const round = Math.floor(rank / (first.length * second.length))
  const name = `${first[rank % first.length]} ${second[rank % second.length]}`
  return `${name}${round > 0 ? ` ${round + 1}` : ''} (fictif)`
}
