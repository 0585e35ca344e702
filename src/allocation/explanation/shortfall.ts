import { type Language, type Say, sayIn } from '#platform'
import type { CutResource, Problem, Repair, Result } from '../engine/index.ts'
import { indexOf, type ResultIndex } from './result-index.ts'
import { euros, familyName, hours, listed, withOthers } from './wording.ts'

/** When the floors cannot all be reached: who lacks how much, what holds them, and what would be enough. */
export function explainShortfall(problem: Problem, result: Result, language: Language): string[] {
  const { shortfall } = result
  if (!shortfall) return []
  const say = sayIn(language)
  const index = indexOf(problem, result)
  const held = heldBy(shortfall.cut, { index, say, language })
  return [
    say('allocation:shortfall.missing', {
      count: shortfall.associationIds.length,
      missing: euros(shortfall.missingCents, language),
    }),
    ...(held ? [say('allocation:shortfall.held', { held })] : []),
    ...shortfall.repairs.map((repair) => repairInWords(repair, { index, say, language })),
  ]
}

type Words = { index: ResultIndex; say: Say; language: Language }

const SHOWN_MAX = 5

/** Envelopes, then hours, then what belongs to one association; what gives nothing holds nobody. */
function heldBy(cut: CutResource[], words: Words): string {
  const { say, language } = words
  const named = [
    ...new Set(
      kinds
        .flatMap((kind) => cut.filter((one) => one.kind === kind && one.capacityCents > 0))
        .map((one) => resource(one, words)),
    ),
  ]
  return listed(withOthers(named.slice(0, SHOWN_MAX), named.length, say), language)
}

const kinds = ['envelope', 'pool', 'totalCap', 'request', 'need', 'useful'] as const

function resource({ kind, id }: CutResource, { index, say }: Words): string {
  const need = index.needs.get(id)
  const pool = index.pools.get(id)
  const association = index.associations.get(need?.associationId ?? id)
  const company = index.companies.get(pool?.companyId ?? '')
  return say(`allocation:resource.${kind}`, {
    envelope: index.envelopes.get(id)?.name ?? id,
    company: company?.name ?? company?.id ?? id,
    family: familyName(say, need?.family ?? pool?.families.join('|') ?? ''),
    association: association?.name ?? association?.id ?? id,
  })
}

function repairInWords(repair: Repair, { index, say, language }: Words): string {
  switch (repair.kind) {
    case 'floors':
      if (repair.percent === 0) return say('allocation:repair.noFloors')
      return say('allocation:repair.floors', { percent: repair.percent })
    case 'hours':
      return say('allocation:repair.hours', {
        hours: hours(repair.minutes, language),
        family: familyName(say, repair.family),
      })
    case 'envelope':
      return say('allocation:repair.envelope', {
        amount: euros(repair.cents, language),
        envelope: index.envelopes.get(repair.id)?.name ?? repair.id,
      })
  }
}
