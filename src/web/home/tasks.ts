import { proposedScenarioId } from '#allocation'
import { silentChecks } from '#applications'
import { adoptedAwards, deliberationsOf } from '#awards'
import type { Campaign } from '#campaigns'
import { type Mission, missionsOf, stateOf } from '#missions'
import type { Place } from '#people'
import { annulmentsAwaited, type Watch, watchOf } from '#review'
import { baselineYears } from '#territory'
import { communeAfterVote, financeAfterVote } from './after-vote.ts'
import { seasonFiguresOf } from './figures.ts'
import { companyWords, reviewsToWrite } from './words-awaited.ts'

/** One thing to do, or to know that one waits for: `web:task.<key>` says it, `href` is where. */
export type Task = { key: string; href: string; count?: number; tone?: 'hours' | 'waiting' }

/** What the commune's agent does now. */
export async function agentTasks(place: Place, campaign: Campaign | undefined): Promise<Task[]> {
  const { tx, territory, path } = place
  const baselines = { key: 'importBaselines', href: `${path}/baselines` }
  if (!campaign) {
    const isFirstYear = (await baselineYears(tx, territory.id)).length === 0
    return [
      ...(isFirstYear ? [baselines] : []),
      { key: 'newCampaign', href: `${path}/campaigns/new` },
    ]
  }
  const season = `${path}/${campaign.year}`
  const tasks: Task[] = []
  // Once the council has voted, what was given before changes nothing any more.
  if (!isVoted(campaign) && !(await seasonFiguresOf(tx, campaign)).hasBaselines)
    tasks.push(baselines)
  if (campaign.state === 'draft') tasks.push({ key: 'openPledges', href: season })
  if (campaign.state === 'pledging' || campaign.state === 'applying')
    tasks.push(...(await pledgeTasks(place, campaign)))
  if (campaign.state === 'pledging') tasks.push({ key: 'openApplications', href: season })
  if (campaign.state === 'applying' || campaign.state === 'reviewing')
    tasks.push(...(await registryTasks(place, campaign)))
  if (campaign.state === 'applying')
    tasks.push(...clockTasks(await watchOf(place, campaign), season), {
      key: 'openReview',
      href: season,
      tone: 'waiting',
    })
  if (campaign.state === 'reviewing') tasks.push(...(await reviewTasks(place, campaign)))
  if (campaign.state === 'deliberating')
    tasks.push(...(await councilTasks(place, campaign)), ...(await undecided(place, campaign)))
  if (campaign.state === 'executing') tasks.push(...(await executionTasks(place, campaign)))
  if (campaign.state === 'reporting')
    tasks.push(
      { key: 'readReport', href: `${season}/report` },
      { key: 'publish', href: `${season}/public` },
      ...(await communeAfterVote(place, campaign)),
    )
  if (campaign.state === 'closed') tasks.push({ key: 'nextCampaign', href: season })
  return tasks
}

/** The second look: findings that an agent says were recorded by mistake. */
export async function adminTasks({ tx, territory, path }: Place): Promise<Task[]> {
  const [first, ...others] = await annulmentsAwaited(tx, territory.id)
  if (!first) return []
  const href = `${path}/applications/${first}/eligibility`
  return [{ key: 'annulments', href, count: others.length + 1 }]
}

/** Nobody's fault: what the registers would have filled in is to be checked by hand. */
async function registryTasks(place: Place, { year }: Campaign): Promise<Task[]> {
  const silent = await silentChecks(place)
  return counted('registriesFail', silent.length, `${place.path}/${year}/review`, 'waiting')
}

async function pledgeTasks({ tx, path }: Place, campaign: Campaign): Promise<Task[]> {
  const { submittedPledges } = await seasonFiguresOf(tx, campaign)
  return counted('confirmPledges', submittedPledges, `${path}/${campaign.year}/pledges`, 'hours')
}

async function reviewTasks(place: Place, campaign: Campaign): Promise<Task[]> {
  const season = `${place.path}/${campaign.year}`
  const watch = await watchOf(place, campaign)
  return [
    ...clockTasks(watch, season),
    ...counted('review', watch.unready, `${season}/review`),
    { key: 'allocate', href: `${season}/allocation` },
  ]
}

/** The delays of the law come first: they run whether anybody looks or not. */
function clockTasks({ acknowledge, answered, written, silence }: Watch, season: string): Task[] {
  return [
    ...counted('acknowledgeFiles', acknowledge, `${season}/review?show=acknowledge`),
    ...counted('decideBeforeSilence', silence, `${season}/review?show=silence`),
    ...counted('readAnswers', answered, `${season}/review?show=answered`),
    ...counted('readMessages', written, `${season}/review?show=message`),
  ]
}

/** Before the council, silence still runs; once it has voted, the vote has answered. */
async function undecided(place: Place, campaign: Campaign): Promise<Task[]> {
  if ((await deliberationsOf(place.tx, campaign)).length > 0) return []
  const { silence } = await watchOf(place, campaign)
  const season = `${place.path}/${campaign.year}`
  return counted('decideBeforeSilence', silence, `${season}/review?show=silence`)
}

async function councilTasks({ tx, path }: Place, campaign: Campaign): Promise<Task[]> {
  const season = `${path}/${campaign.year}`
  if (!(await proposedScenarioId(tx, campaign)))
    return [{ key: 'propose', href: `${season}/allocation` }]
  const decisions = `${season}/decisions`
  const held = await deliberationsOf(tx, campaign)
  if (held.length === 0) return [{ key: 'recordVote', href: decisions }]
  if (held.some(({ executoryOn }) => !executoryOn))
    return [{ key: 'makeExecutory', href: decisions }]
  const awards = await adoptedAwards(tx, campaign)
  const unnotified = awards.filter(({ notifiedAt }) => !notifiedAt)
  return [
    ...counted('notify', unnotified.length, decisions),
    { key: 'openExecution', href: season, ...(unnotified.length > 0 && { tone: 'waiting' }) },
  ]
}

async function executionTasks(place: Place, campaign: Campaign): Promise<Task[]> {
  const { tx, path } = place
  const season = `${path}/${campaign.year}`
  const awards = await adoptedAwards(tx, campaign)
  const missions = await missionsOf(tx, campaign)
  const published = new Set(missions.map(({ awardHoursId }) => awardHoursId))
  const unpublished = awards
    .filter(({ notifiedAt }) => notifiedAt)
    .flatMap(({ hours }) => hours.filter(({ id }) => !published.has(id)))
  const unpaid = awards.filter(({ cashCents, paidCents }) => paidCents < cashCents)
  return [
    ...counted(
      'notify',
      awards.filter(({ notifiedAt }) => !notifiedAt).length,
      `${season}/decisions`,
    ),
    ...counted('publishMissions', unpublished.length, `${season}/missions`, 'hours'),
    ...counted('pay', unpaid.length, `${season}/decisions`),
    ...(await communeAfterVote(place, campaign)),
    { key: 'followMissions', href: `${season}/missions`, tone: 'waiting' },
  ]
}

/** What is left to pay, and nothing else. */
export async function financeTasks(place: Place, campaign: Campaign | undefined): Promise<Task[]> {
  if (!campaign) return []
  const awards = await adoptedAwards(place.tx, campaign)
  const unpaid = awards.filter(({ cashCents, paidCents }) => paidCents < cashCents)
  return [
    ...(await financeAfterVote(place, campaign)),
    ...counted('pay', unpaid.length, `${place.path}/${campaign.year}/decisions`),
  ]
}

/** What an elected member does now. */
export async function electedTasks(place: Place, campaign: Campaign | undefined): Promise<Task[]> {
  const interests: Task = { key: 'declareInterests', href: `${place.path}/interests` }
  if (!campaign) return [interests]
  const season = `${place.path}/${campaign.year}`
  const isProposed = await proposedScenarioId(place.tx, campaign)
  return isProposed
    ? [{ key: 'readProposal', href: `${season}/decisions` }, interests]
    : [interests]
}

/** What the company's CSR or line manager does now. */
export async function companyTasks(place: Place, campaign: Campaign | undefined): Promise<Task[]> {
  const companyId = place.as?.organisation.id
  if (!campaign) return []
  const season = `${place.path}/${campaign.year}`
  const isOpen = campaign.state === 'pledging' || campaign.state === 'applying'
  const own = (await missionsOf(place.tx, campaign)).filter(
    (mission) => mission.companyId === companyId,
  )
  const missions = `${season}/missions`
  return [
    ...(await companyWords(place, campaign)),
    ...(isOpen ? [{ key: 'pledge', href: `${season}/pledges`, tone: 'hours' as const }] : []),
    ...counted('approveAbsence', inState(own, 'selected'), missions),
    ...counted('prepareAgreement', inState(own, 'approved'), missions),
    ...counted('signAgreement', inState(own, 'signing'), missions),
    ...counted(
      'approveHours',
      own.filter(({ confirmedMinutes }) => confirmedMinutes > 0n).length,
      missions,
      'hours',
    ),
    ...counted(
      'declareValue',
      own.filter(({ approvedMinutes }) => approvedMinutes > 0n).length,
      `${season}/receipts`,
    ),
  ]
}

/** What an employee does now. */
export async function employeeTasks(place: Place, campaign: Campaign | undefined): Promise<Task[]> {
  if (!campaign) return []
  const missions = `${place.path}/${campaign.year}/missions`
  const own = (await missionsOf(place.tx, campaign)).filter(
    (mission) => mission.companyId === place.as?.organisation.id,
  )
  const mine = own.filter(({ chosen }) => chosen?.employeeId === place.actor?.personId)
  return [
    ...counted('consent', inState(mine, 'signing'), missions),
    ...(await reviewsToWrite(place, mine, 'employee')),
    ...counted('enterHours', inState(mine, 'running'), missions, 'hours'),
    ...counted('chooseMission', inState(own, 'open'), missions),
  ]
}

/** Nothing is awarded before the council deliberates. */
export function isVoted({ state }: Campaign): boolean {
  return !['draft', 'pledging', 'applying', 'reviewing'].includes(state)
}

export function inState(missions: Mission[], state: ReturnType<typeof stateOf>): number {
  return missions.filter((mission) => stateOf(mission) === state).length
}

export function counted(key: string, count: number, href: string, tone?: Task['tone']): Task[] {
  return count === 0 ? [] : [{ key, href, count, ...(tone ? { tone } : {}) }]
}
