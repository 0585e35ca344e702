import { addDays, dayOf, formatInstant, zoneOf } from '#kit'
import { type Reader, tell } from '#notices'
import { lawOn } from '#platform'
import { representativeOf, tellHelper, tellSides } from './actions/index.ts'
import { atEachDesk, type Desk, type House, type JobDesk } from './desks.ts'
import {
  type Incident,
  isToReview,
  type Mission,
  reminderDue,
  type Timer,
  timersOf,
} from './rules/index.ts'
import {
  insertIncidentReminder,
  insertReviewRequest,
  missionById,
  missionsToAskReviewOf,
  openAccidents,
} from './store/index.ts'

/** Six hours before a delay of the law ends, then once it has: to whom it binds. Run again it says nothing more. */
export async function remindIncidents(house: House, now: Date): Promise<number> {
  return atEachDesk(house, now, async (desk) => {
    const { calendar } = desk
    let count = 0
    for (const incident of await openAccidents(desk.tx, desk.territory.id))
      for (const timer of timersOf(incident, lawOn(desk.today), calendar)) {
        const due = reminderDue(timer, now)
        const reminder = due && { step: timer.step, ...due, sentAt: now }
        if (!reminder || !(await insertIncidentReminder(desk.tx, incident, reminder))) continue
        await remind(desk, incident, { ...timer, isLate: reminder.isLate })
        count += 1
      }
    return count
  })
}

async function remind(
  desk: JobDesk,
  { missionId, id }: Incident,
  { step, isLate, dueAt }: Timer & { isLate: boolean },
): Promise<void> {
  const mission = await missionById(desk.tx, desk.territory.id, missionId)
  if (!mission) return
  const link = `${desk.url}/missions/${missionId}/incidents/${id}`
  const line = ({ say, language }: Reader) => {
    const due = formatInstant(dueAt, language, zoneOf(desk.calendar))
    return isLate ? say(`incidents:late.${step}`, { due }) : say(`incidents:line.${step}`, { due })
  }
  const values = { title: mission.title, link, line }
  const key = 'incidents:notice.reminder'
  if (step === 'employer_told') return tellSides(desk, mission, { key, except: 'company', values })
  await tell(desk, { organisationId: mission.companyId, role: 'company.csr' }, key, values)
}

/** A season that ended long before METIS asked is not asked any more. */
const ASKED_WITHIN_DAYS = 60

/** Once a mission is over, its two sides are asked three questions; nobody is asked twice. */
export async function askReviews(house: House, now: Date): Promise<number> {
  return atEachDesk(house, now, async (desk) => {
    const { tx, territory, today } = desk
    let count = 0
    for (const id of await missionsToAskReviewOf(tx, territory.id, today)) {
      const mission = await missionById(tx, territory.id, id)
      if (!mission || !isToReview(mission, today)) continue
      await insertReviewRequest(tx, mission, now)
      if (isLongOver(mission, desk)) continue
      await askBoth(desk, mission)
      count += 1
    }
    return count
  })
}

function isLongOver({ agreement, ending }: Mission, { today }: Desk): boolean {
  const endedOn = ending ? dayOf(ending.endedAt) : agreement?.endsOn
  return endedOn !== undefined && endedOn < addDays(today, -ASKED_WITHIN_DAYS)
}

async function askBoth(desk: Desk, mission: Mission): Promise<void> {
  const { title, associationName: association } = mission
  const link = `${desk.url}/missions/${mission.id}/review`
  const values = { title, association, link }
  const key = 'reviews:notice.asked'
  await tell(desk, representativeOf(mission), key, values)
  await tellHelper(desk, mission, { key, values })
}
