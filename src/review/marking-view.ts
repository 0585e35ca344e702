import type { Application } from '#applications'
import type { Campaign } from '#campaigns'
import { actorOf, type Place } from '#people'
import type { FileRecord } from './file-store.ts'
import type { Grid } from './grid-store.ts'
import { gapOf, type Mark, type ReviewSettings, type Spread, scoreOf, spreadsOf } from './marks.ts'
import type { Revision } from './revision-store.ts'
import { type Interest, isRecused, refusalsForMarking } from './rules.ts'
import { reviewSeasonOf } from './season-store.ts'
import { reviewersOf } from './settings.ts'
import { awaitedBy, marksThatCount } from './standings.ts'
import type { Opinion } from './store.ts'

/** The marks of one file, as far as this reader may see them. */
export type Marking = {
  settings: ReviewSettings
  ownMarks: Mark[]
  ownOpinion: Opinion | undefined
  hasMarked: boolean
  /** Marks given on an earlier grid, which their author has not looked at again. */
  isOutdated: boolean
  reviewersCount: number
  awaitedNames: string[]
  /** Reviewers who had marked before they declared an interest: counted nowhere, shown to nobody. */
  setAsideCount: number
  /** Undefined until this reader has given all of theirs, or nobody gives any more. */
  others: Others | undefined
}

export type Others = {
  score: number | undefined
  reviewers: Reviewer[]
  /** Undefined until everyone is done. */
  gap: { points: number; isDisputed: boolean; spreads: Spread[] } | undefined
}

export type Reviewer = {
  id: string
  name: string
  comment: string
  marks: Map<string, number>
  revisions: Revision[]
}

type Asked = {
  application: Application
  campaign: Campaign
  interests: Interest[]
  grid: Grid
  record: FileRecord
}

export async function markingOf(place: Place, asked: Asked): Promise<Marking> {
  const { application, campaign, interests, grid, record } = asked
  const { personId } = actorOf(place)
  const { association } = application
  const { given, opinions } = record
  const { settings } = await reviewSeasonOf(place.tx, campaign)
  const known = { interests, associationId: association.id, grid }
  const marks = marksThatCount(given, known)
  const awaited = awaitedBy(settings, { ...known, given, marks })
  const hasMarked = marks.some(({ reviewerId }) => reviewerId === personId)
  const ownMarks = given.filter(({ reviewerId }) => reviewerId === personId)
  const isClosed = refusalsForMarking(campaign.state).length > 0
  const recused = given.filter(({ reviewerId }) => isRecused(interests, reviewerId, association.id))
  const isEveryoneDone = awaited.length === 0 || isClosed
  return {
    settings,
    ownMarks,
    ownOpinion: opinions.find(({ reviewerId }) => reviewerId === personId),
    hasMarked,
    isOutdated: !hasMarked && ownMarks.length > 0,
    reviewersCount: countOf(marks),
    awaitedNames: await namesOf(place, awaited),
    setAsideCount: countOf(recused),
    others:
      hasMarked || isClosed
        ? othersOf(asked, { marks, opinions, settings, isEveryoneDone })
        : undefined,
  }
}

function countOf(marks: Mark[]): number {
  return new Set(marks.map(({ reviewerId }) => reviewerId)).size
}

async function namesOf(place: Place, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  return (await reviewersOf(place)).filter(({ id }) => ids.includes(id)).map(({ name }) => name)
}

function othersOf(
  { record, grid: { criteria } }: Asked,
  known: { marks: Mark[]; opinions: Opinion[]; settings: ReviewSettings; isEveryoneDone: boolean },
): Others {
  const { marks, opinions, settings, isEveryoneDone } = known
  const points = gapOf(criteria, marks)
  const reviewers = opinions
    .filter(({ reviewerId }) => marks.some((mark) => mark.reviewerId === reviewerId))
    .map(({ reviewerId, reviewerName, comment }) => ({
      id: reviewerId,
      name: reviewerName,
      comment,
      marks: new Map(
        marks
          .filter((mark) => mark.reviewerId === reviewerId)
          .map(({ criterionId, mark }) => [criterionId, mark]),
      ),
      revisions: record.revisions.filter((revision) => revision.reviewerId === reviewerId),
    }))
  const hasGap = isEveryoneDone && reviewers.length > 1
  return {
    score: scoreOf(criteria, marks),
    reviewers,
    gap: hasGap
      ? {
          points,
          isDisputed: points >= settings.gapPoints,
          spreads: spreadsOf(criteria, marks, settings.gapMarks),
        }
      : undefined,
  }
}
