import { type Refusal, refusal } from '#kit'

export const reviewerRoles = ['municipality.agent', 'municipality.elected'] as const

/** From which gap reviewers talk: points of the score, marks of one criterion; whose marks are waited for. */
export type ReviewSettings = { gapPoints: number; gapMarks: number; panel: string[] }
export const usualSettings: ReviewSettings = { gapPoints: 25, gapMarks: 2, panel: [] }

/** 0 to 4, each with its words on the page. */
export const marks = [0, 1, 2, 3, 4] as const
const MARK_MAX = 4

export type Criterion = { id: string; label: string; weight: number }
/** `gridVersion`: the grid that the reviewer had before their eyes. */
export type Mark = {
  criterionId: string
  reviewerId: string
  mark: number
  gridVersion: number
}

/**
 * The weighted mean of the marks, 0 to 100 with one decimal; each criterion counts the mean of its
 * reviewers. Undefined until every criterion has a mark.
 */
export function scoreOf(criteria: Criterion[], given: Mark[]): number | undefined {
  let points = 0
  let weights = 0
  for (const { id, weight } of criteria) {
    const own = given.filter(({ criterionId }) => criterionId === id)
    if (own.length === 0) return undefined
    points += (weight * own.reduce((sum, { mark }) => sum + mark, 0)) / own.length
    weights += weight
  }
  return weights === 0 ? undefined : Math.round((points / weights / MARK_MAX) * 1000) / 10
}

/** Points between the most and the least generous reviewer: 0 when fewer than two have finished. */
export function gapOf(criteria: Criterion[], given: Mark[]): number {
  const byReviewer = Map.groupBy(given, ({ reviewerId }) => reviewerId)
  const scores = [...byReviewer.values()].flatMap((own) => scoreOf(criteria, own) ?? [])
  if (scores.length < 2) return 0
  return Math.round((Math.max(...scores) - Math.min(...scores)) * 10) / 10
}

/**
 * Who has not given theirs: the panel, and whoever marked an earlier grid and has not looked again.
 * None: everyone is done, and the gap may be read.
 */
export function awaitedOf(known: { panel: string[]; given: Mark[]; counted: Mark[] }): string[] {
  const done = new Set(known.counted.map(({ reviewerId }) => reviewerId))
  const expected = new Set([...known.panel, ...known.given.map(({ reviewerId }) => reviewerId)])
  return [...expected].filter((id) => !done.has(id))
}

export type Spread = { criterionId: string; marks: number; isDisputed: boolean }

/** How far apart the reviewers are on each criterion. */
export function spreadsOf(criteria: Criterion[], given: Mark[], gapMarks: number): Spread[] {
  return criteria.map(({ id }) => {
    const own = given.filter(({ criterionId }) => criterionId === id).map(({ mark }) => mark)
    const apart = own.length === 0 ? 0 : Math.max(...own) - Math.min(...own)
    return { criterionId: id, marks: apart, isDisputed: apart >= gapMarks }
  })
}

export function refusalsForMarks(criteria: Criterion[], given: Record<string, number>): Refusal[] {
  return criteria
    .filter(({ id }) => !marks.some((mark) => mark === given[id]))
    .map(({ id, label }) =>
      refusal('review:refused.noMark', { field: `mark-${id}`, criterion: label }),
    )
}
