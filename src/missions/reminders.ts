import { isWorkingDay } from '#kit'
import { tell, tellPerson } from '#notices'
import { askManagers, managersOf, representativeOf, valuesOf } from './actions/index.ts'
import { atEachDesk, type Desk, type House } from './desks.ts'
import { type Mission, stepReached } from './rules/index.ts'
import {
  insertAnswerReminder,
  missionById,
  stepTold,
  type Waiting,
  waitingIn,
} from './store/index.ts'

/**
 * Nobody waits in silence: whoever must answer is reminded at the end of the 48 h, then once more, on
 * working days of the commune. Run again it says nothing more.
 */
export async function remindAnswers(house: House, now: Date): Promise<number> {
  return atEachDesk(house, now, async (desk) => {
    const { tx, territory, today, calendar } = desk
    if (!isWorkingDay(today, calendar)) return 0
    let count = 0
    for (const wait of await waitingIn(tx, territory.id, today)) {
      const step = stepReached(wait.since, now, calendar)
      if (step === 0 || (await stepTold(tx, territory.id, wait)) >= step) continue
      await insertAnswerReminder(tx, territory.id, { ...wait, step, at: now })
      await remind(desk, wait)
      count += 1
    }
    return count
  })
}

async function remind(desk: Desk, { missionId, employeeId, ...wait }: Waiting): Promise<void> {
  const mission = await missionById(desk.tx, desk.territory.id, missionId)
  if (!mission) return
  if (employeeId)
    return askManagers(desk, mission, { employeeId, key: 'matching:notice.absenceAgain' })
  if (wait.awaited === 'approval') return remindCompany(desk, mission)
  const values = { title: mission.title, count: mission.candidatesCount }
  await tell(desk, representativeOf(wait), 'matching:notice.candidacyAgain', {
    ...values,
    link: `${desk.url}/missions/${missionId}`,
  })
}

/** Whoever may approve the hours, each once whatever their roles. */
async function remindCompany(desk: Desk, mission: Mission): Promise<void> {
  for (const person of await managersOf(desk, mission.companyId))
    await tellPerson(desk, person, 'missions:notice.approveAgain', {
      ...valuesOf(desk, mission),
      name: person.name,
    })
}
