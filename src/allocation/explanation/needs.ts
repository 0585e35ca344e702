import type { GivenHours, Need, Pool, Reason } from '../engine/index.ts'
import { NAMES_MAX, nameOf, type View } from './view.ts'
import { familyName, hours, listed, withOthers } from './wording.ts'

/** One need: what it gets, why no more, and for a refusal where the hours that could have served it went. */
export function aboutNeed(view: View, reason: Reason): string {
  const { index, line, say, language } = view
  const need = index.needs.get(reason.needId ?? '')
  const given = line.hours.find(({ needId }) => needId === reason.needId)
  const pools = (reason.poolIds ?? []).flatMap((id) => index.pools.get(id) ?? [])
  const companyIds = [...new Set(pools.map(({ companyId }) => companyId))]
  const values = {
    family: familyName(say, need?.family ?? ''),
    asked: hours(need?.maxMinutes ?? 0, language),
    least: hours(need?.minMinutes ?? 0, language),
    needed: hours(leastInBlocks(need, pools), language),
    given: hours(given?.minutes ?? 0, language),
    block: hours(pools[0]?.blockMinutes ?? 0, language),
    left: hours(reason.minutes ?? 0, language),
    company: companiesNamed(view, companyIds),
    count: companyIds.length,
  }
  const head = say(given ? 'allocation:need.served' : 'allocation:need.unserved', values)
  const cause = hoursCause(reason, given)
  const why = say(`allocation:hours.${cause}`, values)
  return [head, why, ...whereHoursWent(view, reason, given)].join(' ')
}

/** The same code is said otherwise of a need that is served, and of one that no pool can serve. */
function hoursCause({ code, poolIds = [] }: Reason, given: GivenHours | undefined): string {
  if (given) return code === 'MISSION_MAX' ? code : `served.${code}`
  if (poolIds.length === 0 && (code === 'BLOCK' || code === 'TOTAL_CAP_HOURS'))
    return `none.${code}`
  return code
}

/** The fewest minutes in whole blocks that would have been enough, in the pools that came closest. */
function leastInBlocks(need: Need | undefined, pools: Pool[]): number {
  const least = Math.max(1, need?.minMinutes ?? 1)
  return pools.length === 0
    ? least
    : Math.min(...pools.map(({ blockMinutes }) => Math.ceil(least / blockMinutes) * blockMinutes))
}

function companiesNamed({ index, say, language }: View, ids: string[]): string {
  const names = ids.slice(0, NAMES_MAX).map((id) => index.companies.get(id)?.name ?? id)
  return listed(withOthers(names, ids.length, say), language)
}

const taken = new Set<Reason['code']>(['SKILL_BOTTLENECK', 'BLOCK', 'MISSIONS_FULL'])

function whereHoursWent(
  view: View,
  { code, poolIds = [] }: Reason,
  given: GivenHours | undefined,
): string[] {
  const { index, line, say, language } = view
  if (given || !taken.has(code)) return []
  const companyOf = (id: string) => index.pools.get(id)?.companyId ?? ''
  // A company's missions may all be in its other skills.
  const ids =
    code === 'MISSIONS_FULL'
      ? poolIds.flatMap((id) => index.poolsOf.get(companyOf(id)) ?? []).map(({ id }) => id)
      : poolIds
  const helped = new Set(ids.flatMap((id) => index.helpedBy.get(id) ?? []))
  const isOwn = helped.delete(line.associationId)
  const own = isOwn ? [say('allocation:went.itself')] : []
  const shown = [...helped].slice(0, NAMES_MAX)
  const names = [...shown.flatMap((id) => nameOf(view, id) ?? []), ...own]
  if (names.length > 0) {
    const all = withOthers(names, helped.size + own.length, say)
    return [say('allocation:went.named', { names: listed(all, language) })]
  }
  return helped.size > 0 ? [say('allocation:went.unnamed', { count: helped.size })] : []
}
