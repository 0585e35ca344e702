import { cents, formatEuros, formatHours, minutes } from '#kit'
import { type Language, type Say, sayIn } from '#platform'
import { sayRemark } from '#territory'
import { ratioValue, type Summary, summary } from '../engine/index.ts'
import { explain } from '../explain.ts'
import { familyName } from '../explanation/wording.ts'
import type { Replayed } from './replay.ts'

/** Where a figure comes from: read in the file, given by the person, made up, or worked out of the others. */
export type Origin = 'real' | 'supplied' | 'simulated' | 'computed'

export type Fact = { name: string; label: string; text: string; origin: Origin }

/** The whole replay as plain JSON: what the terminal, the page and a script all show. */
export type ReplayReport = {
  format: 'metis-replay-report/1'
  language: Language
  title: string
  facts: Fact[]
  setAside: { label: string; count: number }[]
  lines: ReportLine[]
  families: FamilyLine[]
  bands: { label: string; withoutHours: number; withHours: number }[]
  notes: string[]
  refusals: {
    file: string
    line: number
    column: string
    value: string
    reason: string
    remedy: string
  }[]
  problemSha256: string
  resultSha256: string
}

export type ReportLine = {
  associationId: string
  name: string
  baselineCents: number
  requestedCents: number | null
  cashCents: number
  minutes: number
  hoursValueCents: number
  totalCents: number
  ratio: number
  stage: 'floor' | 'reference'
  hours: { family: string; company: string; minutes: number }[]
  reasons: string[]
}

export type FamilyLine = {
  family: string
  pledgedMinutes: number
  usedMinutes: number
  unused: { reason: string; minutes: number }[]
}

export function reportOf(replayed: Replayed, language: Language): ReplayReport {
  const say = sayIn(language)
  const { problem, result, grants } = replayed
  const figures = summary(problem, result)
  return {
    format: 'metis-replay-report/1',
    language,
    title: say('replay:title', {
      grantor: grants.grantorName ?? grants.fileName,
      year: grants.year ?? say('replay:noYear'),
    }),
    facts: factsOf(replayed, figures, language),
    setAside: setAsideOf(replayed, say),
    lines: linesOf(replayed, language),
    families: figures.families.map(({ family, pledgedMinutes, usedMinutes, unused }) => ({
      family: familyName(say, family),
      pledgedMinutes: Number(pledgedMinutes),
      usedMinutes: Number(usedMinutes),
      unused: unused.map((one) => ({
        reason: say(`replay:unused.${one.reason}`),
        minutes: Number(one.minutes),
      })),
    })),
    bands: bandsOf(replayed),
    notes: notesOf(replayed, say),
    refusals: refusalsOf(replayed, say),
    problemSha256: result.problemSha256,
    resultSha256: replayed.resultSha256,
  }
}

function factsOf(replayed: Replayed, figures: Summary, language: Language): Fact[] {
  const say = sayIn(language)
  const { grants, options, pledges, needs } = replayed
  const euros = (amount: bigint) => formatEuros(cents(amount), language)
  const hours = (count: bigint) => formatHours(minutes(count), language)
  const percent = percentIn(language)
  const fact = (name: string, origin: Origin, text: string): Fact => ({
    name,
    origin,
    text,
    label: say(`replay:fact.${name}`),
  })
  const { requests } = grants
  const lowest = replayed.grants.beneficiaries.find(
    ({ id }) => id === figures.lowest?.associationId,
  )
  const hoursOrigin: Origin = pledges.isSimulated || needs.isSimulated ? 'simulated' : 'computed'
  return [
    fact('beneficiaries', 'real', String(grants.beneficiaries.length)),
    ...(requests
      ? [
          fact('requests', 'real', String(requests.count)),
          fact('asked', 'real', euros(requests.askedCents)),
          fact('proposed', 'real', euros(requests.proposedCents)),
        ]
      : []),
    fact('baseline', 'real', euros(figures.baselineCents)),
    fact('cut', 'supplied', euros(replayed.cutCents)),
    fact('envelope', 'computed', euros(figures.envelopeCents)),
    fact('cash', 'computed', euros(figures.cashCents)),
    fact('fall', 'computed', euros(figures.fallCents)),
    fact('hourlyValue', 'supplied', euros(BigInt(options.hourlyCents))),
    fact('pledged', pledges.isSimulated ? 'simulated' : 'supplied', hours(figures.pledgedMinutes)),
    fact('needs', needs.isSimulated ? 'simulated' : 'supplied', String(needs.rows.length)),
    fact('used', hoursOrigin, hours(figures.usedMinutes)),
    fact('hoursValue', hoursOrigin, euros(figures.hoursValueCents)),
    fact(
      'compensated',
      hoursOrigin,
      figures.compensatedShare === undefined ? '—' : percent(figures.compensatedShare),
    ),
    fact(
      'lowest',
      hoursOrigin,
      `${percent(figures.lowest?.ratio ?? 0)}${lowest ? ` (${lowest.name})` : ''}`,
    ),
    fact('gini', hoursOrigin, figures.gini.toFixed(3)),
    fact('delivered', hoursOrigin, percent(figures.deliveredShare)),
  ]
}

export function percentIn(language: Language): (ratio: number) => string {
  const format = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'percent',
    maximumFractionDigits: 1,
  })
  // Rounded down: 99.97 % is not the whole.
  return (ratio) => format.format(Math.floor(ratio * 1000 + 1e-9) / 1000)
}

function setAsideOf({ grants }: Replayed, say: Say): ReplayReport['setAside'] {
  const { counts } = grants
  return (
    [
      'persons',
      'undecided',
      'noRequest',
      'notCash',
      'notPositive',
      'passedOver',
      'refused',
    ] as const
  )
    .filter((name) => counts[name] > 0)
    .map((name) => ({ label: say(`replay:setAside.${name}`), count: counts[name] }))
}

/** Largest grant first. */
function linesOf({ problem, result, grants }: Replayed, language: Language): ReportLine[] {
  const say = sayIn(language)
  const rows = new Map(problem.associations.map((row) => [row.id, row]))
  const real = new Map(grants.beneficiaries.map((row) => [row.id, row]))
  const companies = new Map(problem.companies.map((row) => [row.id, row.name]))
  const companyOf = new Map(problem.pools.map((row) => [row.id, companies.get(row.companyId)]))
  const familyOf = new Map(problem.needs.map((row) => [row.id, row.family]))
  return result.lines
    .map((line): ReportLine => {
      const row = rows.get(line.associationId)
      const requested = real.get(line.associationId)?.requestedCents
      return {
        associationId: line.associationId,
        name: row?.name ?? line.associationId,
        baselineCents: row?.baselineCents ?? 0,
        requestedCents: requested === undefined ? null : Number(requested),
        cashCents: line.cashCents,
        minutes: line.hours.reduce((sum, one) => sum + one.minutes, 0),
        hoursValueCents: line.hoursValueCents,
        totalCents: line.totalCents,
        ratio: ratioValue(line),
        stage: line.stage,
        hours: line.hours.map(({ needId, poolId, minutes: given }) => ({
          family: familyName(say, familyOf.get(needId) ?? ''),
          company: companyOf.get(poolId) ?? '',
          minutes: given,
        })),
        reasons: explain(problem, result, line.associationId, language),
      }
    })
    .sort((a, b) => b.baselineCents - a.baselineCents || (a.name < b.name ? -1 : 1))
}

const BAND_PERCENT = 5
const BANDS_FROM = 50
const BANDS_TO = 110

/** How many associations at which share of what they had: in cash alone, and with the hours. */
function bandsOf({ problem, result }: Replayed): ReplayReport['bands'] {
  const baselines = new Map(problem.associations.map((row) => [row.id, row.baselineCents]))
  const bandOf = (amountCents: number, id: string) => {
    const share = (amountCents * 100) / (baselines.get(id) ?? 1)
    const band = Math.floor(share / BAND_PERCENT) * BAND_PERCENT
    return Math.min(BANDS_TO, Math.max(BANDS_FROM - BAND_PERCENT, band))
  }
  const count = (amountOf: (line: (typeof result.lines)[number]) => number) =>
    Map.groupBy(result.lines, (line) => bandOf(amountOf(line), line.associationId))
  const cash = count(({ cashCents }) => cashCents)
  const total = count(({ totalCents }) => totalCents)
  const bands = []
  for (let band = BANDS_FROM - BAND_PERCENT; band <= BANDS_TO; band += BAND_PERCENT) {
    const label =
      band < BANDS_FROM
        ? `< ${BANDS_FROM} %`
        : band === BANDS_TO
          ? `≥ ${BANDS_TO} %`
          : `${band}–${band + BAND_PERCENT} %`
    bands.push({
      label,
      withoutHours: cash.get(band)?.length ?? 0,
      withHours: total.get(band)?.length ?? 0,
    })
  }
  return bands
}

function notesOf({ grants, options, pledges, needs, result }: Replayed, say: Say): string[] {
  const years = grants.years.map(({ year, lines }) => `${year ?? '?'} (${lines})`).join(', ')
  const isUndated = grants.year === undefined
  return [
    say('replay:note.real'),
    isUndated ? say('replay:note.noYear') : say('replay:note.year', { year: grants.year, years }),
    grants.requests ? say('replay:note.requests') : say('replay:note.noRequests'),
    say('replay:note.references'),
    needs.isSimulated
      ? say('replay:note.needsSimulated', { seed: options.seed })
      : say('replay:note.needsSupplied'),
    pledges.isSimulated
      ? say('replay:note.pledgesSimulated', { seed: options.seed })
      : say('replay:note.pledgesSupplied'),
    ...(grants.counts.persons > 0 ? [say('replay:note.persons')] : []),
    say('replay:note.indicative'),
    ...result.notes.map(({ code, values }) => say(`allocation:note.${code}`, values)),
    ...doubtsOf(grants, say),
  ]
}

/** One sentence for each kind of doubt, with its first place: hundreds of lines may share one. */
function doubtsOf({ doubtfulCells }: Replayed['grants'], say: Say): string[] {
  return [...Map.groupBy(doubtfulCells, ({ code }) => code).values()].flatMap((cells) => {
    const [first] = cells
    if (!first) return []
    const { line, column } = first
    const reason = sayRemark(first, say, 'reason')
    return [say('replay:doubt', { count: cells.length, line, column, reason })]
  })
}

function refusalsOf({ grants, refusedCells }: Replayed, say: Say): ReplayReport['refusals'] {
  return [
    ...grants.refusedCells.map((remark) => ({
      file: grants.fileName,
      line: remark.line,
      column: remark.column,
      value: remark.value,
      reason: sayRemark(remark, say, 'reason'),
      remedy: sayRemark(remark, say, 'remedy'),
    })),
    ...refusedCells.map(({ code, ...place }) => ({
      ...place,
      reason: say(`replay:reason.${code}`, { value: place.value }),
      remedy: say(`replay:remedy.${code}`),
    })),
  ]
}
