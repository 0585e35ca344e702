import { type AwardWatch, awardWatchOf, type Follow } from '#awards'
import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import type { Task } from './tasks.ts'

/** A report is due the year after its grant: these tasks outlive their season. */
export async function associationAfterVote(place: Place, campaign: Campaign): Promise<Task[]> {
  const { path, as } = place
  const watch = await awardWatchOf(place, campaign, as?.organisation.id)
  const list = `${path}/${campaign.year}/decisions`
  const signs = as?.role === 'association.representative'
  const task = (follow: Follow, key: string, end = '') =>
    taskOn(watch[follow], { key, one: (id) => `${path}/decisions/${id}${end}`, many: list })
  return [
    ...taskOn(watch.unopened, { key: 'takeNote', one: () => list, many: list }),
    ...(signs ? task('unanswered', 'acceptGrant') : []),
    ...(signs ? task('unsigned', 'signGrant') : []),
    ...task('reportNoticed', 'answerNotice', '/report'),
    ...task('repaymentAsked', 'repayGrant', '/report'),
    ...task('reportLate', 'accountLate', '/report'),
    ...task('reportReturned', 'completeAccount', '/report'),
    ...task('reportDue', 'accountForGrant', '/report'),
  ]
}

export async function communeAfterVote(place: Place, campaign: Campaign): Promise<Task[]> {
  const watch = await awardWatchOf(place, campaign)
  const decisions = `${place.path}/${campaign.year}/decisions`
  const reports = (follow: Follow, key: string, state: string) =>
    taskOn(watch[follow], {
      key,
      one: (id) => `${place.path}/decisions/${id}/report`,
      many: `${decisions}/reports?state=${state}`,
    })
  return [
    ...instalmentTasks(watch, { path: place.path, decisions }),
    ...reports('noticeOver', 'decideAfterNotice', 'noticed'),
    ...reports('reportSubmitted', 'readAccounts', 'submitted'),
    ...reports('reportLate', 'remindAccounts', 'overdue'),
  ]
}

/** What the finance department has to pay in time, and nothing else. */
export async function financeAfterVote(place: Place, campaign: Campaign): Promise<Task[]> {
  const { path } = place
  const decisions = `${path}/${campaign.year}/decisions`
  return instalmentTasks(await awardWatchOf(place, campaign), { path, decisions })
}

function instalmentTasks(watch: AwardWatch, at: { path: string; decisions: string }): Task[] {
  return taskOn(watch.instalmentDue, {
    key: 'payInstalments',
    one: (id) => `${at.path}/decisions/${id}`,
    many: at.decisions,
  })
}

/** Straight to the page when there is one. */
function taskOn(
  ids: string[],
  { key, one, many }: { key: string; one: (id: string) => string; many: string },
): Task[] {
  const [first] = ids
  if (first === undefined) return []
  return [{ key, count: ids.length, href: ids.length === 1 ? one(first) : many }]
}
