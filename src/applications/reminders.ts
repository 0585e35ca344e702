import { campaignsOf } from '#campaigns'
import { addDays, type Day, dayOf, formatDay } from '#kit'
import { type MailLine, type Reader, tellTogether } from '#notices'
import { allTerritories, peopleOf, type Territory } from '#people'
import { type Db, inTerritory, type Tx } from '#platform'
import { associationRoles } from './access.ts'
import type { Application } from './rules.ts'
import { applicationsOf, insertReminder, remindersOf } from './store.ts'

/** Days before the closing on which a draft that was never sent is recalled. */
const DAYS_BEFORE = [14, 7, 2]

/**
 * Recalls the drafts that nobody handed over (DN-2859, HYP-2982): once for each step, one mail a
 * person. Run again it says nothing more.
 */
export async function remindDrafts(
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

type Desk = { territory: Territory; url: string; now: Date }

async function remindIn(tx: Tx, { territory, url, now }: Desk): Promise<number> {
  const today = dayOf(now)
  const lines: MailLine[] = []
  let count = 0
  for (const campaign of await campaignsOf(tx, territory.id)) {
    const step = stepOn(campaign.applicationsCloseOn, today)
    if (campaign.state !== 'applying' || step === undefined) continue
    const drafts = (await applicationsOf(tx, campaign)).filter(({ deposit }) => !deposit)
    for (const draft of await notYetTold(tx, drafts, step)) {
      const line = ({ say, language }: Reader) =>
        say('applications:mail.draftLine', {
          association: draft.association.name,
          title: draft.projectTitle || campaign.title,
          day: formatDay(campaign.applicationsCloseOn, language),
          link: `${url}/${territory.slug}/applications/${draft.id}`,
        })
      const key = { territoryId: territory.id, id: draft.id }
      await insertReminder(tx, key, { daysBefore: step, at: now })
      for (const person of await handsOf(tx, draft)) lines.push({ person, line })
      count += 1
    }
  }
  await tellTogether({ tx, territory }, lines, 'applications:mail.unsent')
  return count
}

/** The latest step that has come: whoever starts late is not told three times in a day. */
function stepOn(closesOn: Day, today: Day): number | undefined {
  if (today > closesOn) return undefined
  return DAYS_BEFORE.findLast((days) => addDays(closesOn, -days) <= today)
}

async function notYetTold(tx: Tx, drafts: Application[], step: number): Promise<Application[]> {
  const told = await remindersOf(tx, drafts)
  return drafts.filter(({ id }) => !told.some((one) => one.id === id && one.daysBefore <= step))
}

async function handsOf(tx: Tx, { association }: Application) {
  const people = new Map<string, { name: string; email: string }>()
  for (const role of associationRoles)
    for (const person of await peopleOf(tx, association.id, role)) people.set(person.id, person)
  return people.values()
}
