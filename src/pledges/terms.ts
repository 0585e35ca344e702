import { parseHours, type Refusal, refusal } from '#kit'
import { lawOn, type Typed } from '#platform'
import { causes } from './causes.ts'
import type { ConditionsKept } from './store.ts'

/** What a company may add to its promise: where, how many people, for which causes, under which policy. */
export type Terms = ConditionsKept

type Read = { terms: Terms; refusals: Refusal[] }

/** Every answer may be left out: an empty field adds nothing. */
export function readTerms(typed: Typed, today: Parameters<typeof lawOn>[0]): Read {
  const refusals: Refusal[] = []
  const refuse = (code: string, field: string) => refusals.push(refusal(code, { field }))
  const sites = (typed.sites ?? '').trim()
  if (sites.length > SITES_MAX) refuse('pledges:refused.sites', 'sites')
  const ticked = (kind: string) => causes.filter((cause) => typed[`${kind}-${cause}`] === 'yes')
  const preferredCauses = ticked('prefer')
  const excludedCauses = ticked('exclude')
  for (const cause of preferredCauses.filter((one) => excludedCauses.includes(one)))
    refuse('pledges:refused.bothCauses', `exclude-${cause}`)
  const law = lawOn(today)
  const terms = {
    sites,
    employeesMax: countIn(typed, { name: 'employeesMax', least: 1, most: 100_000 }, refuse),
    preferredCauses,
    excludedCauses,
    halfDaysEach: halfDaysIn(typed, law.annualDays, refuse),
    seniorityMonths: countIn(typed, { name: 'seniorityMonths', least: 0, most: 600 }, refuse),
    endOfCareerWeeklyMinutes: weeklyIn(typed, law.weeklyMinutesMax, refuse),
  }
  return { terms, refusals }
}

const SITES_MAX = 500

type Refuse = (code: string, field: string) => void
type Bounds = { name: string; least: number; most: number }

function countIn(typed: Typed, { name, least, most }: Bounds, refuse: Refuse): number | null {
  const text = (typed[name] ?? '').trim()
  if (text === '') return null
  const count = /^\d{1,7}$/.test(text) ? Number(text) : -1
  if (count >= least && count <= most) return count
  refuse('pledges:refused.count', name)
  return null
}

/** The policy of days a year, in whole half days. */
function halfDaysIn(typed: Typed, annualDays: number, refuse: Refuse): number | null {
  const text = (typed.policyDays ?? '').trim()
  if (text === '') return null
  const halfDays = /^\d{1,3}([.,][05])?$/.test(text) ? Number(text.replace(',', '.')) * 2 : 0
  if (halfDays > 0 && halfDays <= annualDays * 2) return halfDays
  refuse('adviser:refused.days', 'policyDays')
  return null
}

function weeklyIn(typed: Typed, most: bigint, refuse: Refuse): bigint | null {
  const text = (typed.endOfCareer ?? '').trim()
  if (text === '') return null
  const weekly = parseHours(text)
  if (weekly !== undefined && weekly > 0n && weekly <= most) return weekly
  refuse('pledges:refused.weekly', 'endOfCareer')
  return null
}
