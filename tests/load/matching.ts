import { families } from '#campaigns'
import { addDays, day, minutes } from '#kit'
import { causes } from '#pledges'
import {
  matchRulesOn,
  occupations,
  openingsFor,
  preparedOpening,
  preparedSeeker,
  rhythms,
} from '../../src/missions/matching/index.ts'

const EMPLOYEES = 2000
const MISSIONS = 500
const SHOWN = 20
const BAR_MILLISECONDS = 1000
const RUNS = 7

/**
 * Everyone's missions in order: a million pairs, all of one company so that no gate spares the rest.
 * Seeded: each run counts the same pairs.
 */
export function benchMatching(): Record<string, number | string> {
  const random = seeded(20_270_401)
  const today = day('2027-04-01')
  const rules = matchRulesOn(today)
  const people = Array.from({ length: EMPLOYEES }, (_, rank) => somebody(random, rank))
  const needs = Array.from({ length: MISSIONS }, (_, rank) => something(random, rank))
  const times: number[] = []
  let pairs = 0
  let proposals = 0
  for (let run = 0; run < RUNS; run++) {
    const from = process.cpuUsage()
    const seekers = people.map(preparedSeeker)
    const openings = needs.map((need) => preparedOpening(need, today))
    const lists = seekers.map((seeker) => openingsFor(seeker, openings, rules, SHOWN))
    // The time of the processor: what else the machine does is no part of it.
    times.push(process.cpuUsage(from).user / 1000)
    pairs = seekers.length * openings.length
    proposals = lists.reduce((sum, list) => sum + list.length, 0)
  }
  const slowest = Math.max(...times)
  return {
    employees: EMPLOYEES,
    missions: MISSIONS,
    pairs,
    proposals,
    'median milliseconds': times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0,
    'slowest milliseconds': slowest,
    bar: `${slowest < BAR_MILLISECONDS ? 'held' : 'missed'} (< ${BAR_MILLISECONDS} ms)`,
  }
}

type Random = () => number

/** mulberry32 */
function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function oneOf<Value>(random: Random, values: readonly Value[]): Value | undefined {
  return values[Math.floor(random() * values.length)]
}

function some<Value>(random: Random, values: readonly Value[], share: number): Value[] {
  return values.filter(() => random() < share)
}

/** Somewhere within some forty kilometres. */
function spotIn(random: Random) {
  return { latitude: 49.3 + random() * 0.5, longitude: 0.9 + random() * 0.5 }
}

function idOf(kind: number, rank: number): string {
  return `0199${kind}000-0000-7000-8000-${String(rank).padStart(12, '0')}`
}

function somebody(random: Random, rank: number) {
  return {
    id: idOf(1, rank),
    companyId: 'company',
    families: some(random, families, 0.15),
    occupation: oneOf(random, Object.keys(occupations)),
    causes: some(random, causes, 0.1),
    rhythm: oneOf(random, [...rhythms, undefined]),
    isRemoteOnly: random() < 0.1,
    spot: random() < 0.8 ? spotIn(random) : undefined,
    reachKm: random() < 0.5 ? 10 + Math.floor(random() * 40) : undefined,
    committedMinutes: minutes(Math.floor(random() * 40) * 60),
    yearMinutes: minutes(Math.floor(random() * 40) * 60),
    turns: { thisYear: Math.floor(random() * 2), before: Math.floor(random() * 3) },
  }
}

function something(random: Random, rank: number) {
  const family = oneOf(random, families) ?? 'FINANCE'
  const startsOn = addDays(day('2027-03-01'), Math.floor(random() * 120))
  return {
    id: idOf(2, rank),
    companyId: 'company',
    family,
    occupation: random() < 0.5 ? oneOf(random, Object.keys(occupations)) : undefined,
    cause: oneOf(random, causes),
    modality: oneOf(random, ['on_site', 'remote', 'hybrid'] as const) ?? 'hybrid',
    spot: random() < 0.9 ? spotIn(random) : undefined,
    agreedMinutes: minutes((1 + Math.floor(random() * 20)) * 210),
    startsOn,
    endsOn: addDays(startsOn, 14 + Math.floor(random() * 180)),
    isEligible: random() < 0.97,
    policy: { preferredCauses: some(random, causes, 0.1), excludedCauses: [] },
    turns: { thisYear: Math.floor(random() * 3), before: Math.floor(random() * 3) },
  }
}
