import { dayOf, isWorkingDay, zoneOf } from '#kit'
import { tell } from '#notices'
import { allTerritories, type Place, type Territory } from '#people'
import { type Db, inTerritory, sayIn, type Tx } from '#platform'
import { askManagers } from './actions/index.ts'
import { stepReached } from './rules/index.ts'
import {
  calendarIn,
  insertAnswerReminder,
  missionById,
  stepTold,
  type Waiting,
  waitingIn,
} from './store/index.ts'

type House = { db: Db; config: { url: string } }

/**
 * Nobody waits in silence: whoever must answer is reminded at the end of the 48 h, then once more, on
 * working days of the commune. Run again it says nothing more.
 */
export async function remindAnswers(house: House, now: Date): Promise<number> {
  let count = 0
  for (const territory of await allTerritories(house.db))
    count += await inTerritory(house.db, { territoryId: territory.id }, (tx) =>
      remindIn(tx, { territory, url: `${house.config.url}/${territory.slug}`, now }),
    )
  return count
}

type Around = { territory: Territory; url: string; now: Date }

async function remindIn(tx: Tx, { territory, url, now }: Around): Promise<number> {
  const calendar = await calendarIn(tx, territory.id)
  const today = dayOf(now, zoneOf(calendar))
  if (!isWorkingDay(today, calendar)) return 0
  let count = 0
  for (const wait of await waitingIn(tx, territory.id, today)) {
    const step = stepReached(wait.since, now, calendar)
    if (step === 0 || (await stepTold(tx, territory.id, wait)) >= step) continue
    await insertAnswerReminder(tx, territory.id, { ...wait, step, at: now })
    await remind({ tx, territory, url, now, today, say: sayIn('fr') }, wait)
    count += 1
  }
  return count
}

type Desk = Pick<Place, 'tx' | 'territory' | 'say' | 'url' | 'now' | 'today'>

async function remind(desk: Desk, { missionId, employeeId, ...wait }: Waiting): Promise<void> {
  const mission = await missionById(desk.tx, desk.territory.id, missionId)
  if (!mission) return
  if (employeeId)
    return askManagers(desk, mission, { employeeId, key: 'matching:notice.absenceAgain' })
  const to = {
    organisationId: wait.associationId,
    role: 'association.representative' as const,
  }
  const values = { title: mission.title, count: mission.candidatesCount }
  await tell(desk, to, 'matching:notice.candidacyAgain', {
    ...values,
    link: `${desk.url}/missions/${missionId}`,
  })
}
