import { campaignsOf } from '#campaigns'
import { dayOf, formatDay } from '#kit'
import { type MailLine, type Reader, tellTogether } from '#notices'
import { allTerritories, peopleOf, type Territory } from '#people'
import { type Db, inTerritory, type Tx } from '#platform'
import { stepsOf } from '../course-store.ts'
import { type Award, adoptedAwards } from '../store.ts'
import { factsOf } from './facts.ts'
import { LATE, owesReport, type ReportState, reminderOn, reportStateOf } from './rules.ts'
import { insertReminder, remindersOf } from './store.ts'

type Desk = { territory: Territory; url: string; now: Date }
type Waiting = { award: Award; dueOn: ReturnType<typeof factsOf>['dueOn']; step: number }

/**
 * Reminds associations of the reports that nobody certified yet, 60, 30 and 7 days before, then once
 * when they are late: one mail a person. Run again it says nothing more.
 */
export async function remindReports(
  house: { db: Db; config: { url: string } },
  now: Date,
): Promise<number> {
  let count = 0
  for (const territory of await allTerritories(house.db))
    count += await inTerritory(house.db, { territoryId: territory.id }, (tx) =>
      remindIn(tx, { territory, url: house.config.url, now }),
    )
  return count
}

async function remindIn(tx: Tx, desk: Desk): Promise<number> {
  const { territory, url, now } = desk
  const lines: MailLine[] = []
  const waiting = await waitingReports(tx, desk)
  for (const { award, dueOn, step } of waiting) {
    const key = { territoryId: territory.id, awardId: award.id }
    await insertReminder(tx, { ...key, daysBefore: step, toldAt: now })
    const line = ({ say, language }: Reader) =>
      say(step === LATE ? 'awards:mail.lateLine' : 'awards:mail.dueLine', {
        association: award.associationName,
        day: formatDay(dueOn, language),
        link: `${url}/${territory.slug}/decisions/${award.id}/report`,
      })
    for (const person of await handsOf(tx, award)) lines.push({ person, line })
  }
  await tellTogether({ tx, territory }, lines, 'awards:mail.reportsDue')
  return waiting.length
}

const unsent: ReportState[] = ['upcoming', 'due', 'overdue']

async function waitingReports(tx: Tx, { territory, now }: Desk): Promise<Waiting[]> {
  const today = dayOf(now)
  const waiting: Waiting[] = []
  for (const campaign of await campaignsOf(tx, territory.id)) {
    const awards = (await adoptedAwards(tx, campaign)).filter(owesReport)
    const ids = awards.map(({ id }) => id)
    const steps = await stepsOf(tx, territory.id, ids)
    const told = await remindersOf(tx, territory.id, ids)
    for (const award of awards) {
      const facts = factsOf(award, steps.get(award.id) ?? [], { campaign, today })
      const step = reminderOn(facts.dueOn, today)
      const isTold = told.some((one) => one.awardId === award.id && one.daysBefore <= (step ?? 0))
      if (step !== undefined && !isTold && unsent.includes(reportStateOf(facts)))
        waiting.push({ award, dueOn: facts.dueOn, step })
    }
  }
  return waiting
}

async function handsOf(tx: Tx, { associationId }: Award) {
  const people = new Map<string, { name: string; email: string }>()
  for (const role of ['association.representative', 'association.member'] as const)
    for (const person of await peopleOf(tx, associationId, role)) people.set(person.id, person)
  return people.values()
}
