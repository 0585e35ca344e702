import { note } from '#journal'
import { type Day, formatHours, sumMinutes } from '#kit'
import { type Reader, tellPerson } from '#notices'
import { deed, found, type Place, peopleOf } from '#people'
import { sha256, takeTurn } from '#platform'
import { atEachDesk, type Desk, type House, type JobDesk } from '../desks.ts'
import {
  type Entry,
  entryStateOf,
  firstOfMonth,
  LINK_DAYS,
  LINK_PAUSE_MINUTES,
  type Mission,
  roundDue,
} from '../rules/index.ts'
import {
  associationsAwaited,
  entriesOf,
  insertRound,
  lastLinkMadeAt,
  linkBySecret,
  missionById,
  toldStepsOf,
  workedMissionIds,
} from '../store/index.ts'
import { makeLink, type Recipient } from './links.ts'

/**
 * On the first working day of a month, one mail to each association for all that waits of the months
 * before, over all its missions; again 7 and 14 days later. Run again it says nothing more.
 */
export async function askConfirmations(house: House, now: Date): Promise<number> {
  return atEachDesk(house, now, askIn)
}

async function askIn(desk: JobDesk): Promise<number> {
  const { tx, territory, now, today, calendar } = desk
  const month = firstOfMonth(today)
  if (roundDue({ today, calendar, toldSteps: [] }) === undefined) return 0
  await takeTurn(tx, territory.id)
  let count = 0
  for (const associationId of await associationsAwaited(tx, territory.id, month)) {
    const round = { territoryId: territory.id, associationId, month }
    const toldSteps = await toldStepsOf(tx, round)
    const step = roundDue({ today, calendar, toldSteps })
    if (step === undefined) continue
    await insertRound(tx, { ...round, daysAfter: step, toldAt: now })
    const key = toldSteps.length === 0 ? 'month' : 'monthAgain'
    count += await mailRound(desk, { associationId, before: month, key })
  }
  return count
}

type Month = { associationId: string; before?: Day; key: 'month' | 'monthAgain' }

async function mailRound(desk: Desk, asked: Month): Promise<number> {
  const { tx, territory, now } = desk
  const { associationId } = asked
  const recipients = await peopleOf(tx, associationId, 'association.representative')
  const waiting = await waitingOf(desk, associationId)
  let count = 0
  for (const to of recipients) if (await mailMonth(desk, to, { ...asked, waiting })) count += 1
  const details = { recipientsCount: count }
  if (count > 0)
    await note(tx, {
      territoryId: territory.id,
      at: now,
      personId: undefined,
      action: 'link.sent',
      subjectId: associationId,
      details,
    })
  return count
}

/** False where nothing waits for this person's word: their own hours are no business of theirs. */
async function mailMonth(
  desk: Desk,
  to: Recipient,
  { associationId, before, key, waiting }: Month & { waiting: Waiting[] },
): Promise<boolean> {
  const lines: { mission: Mission; own: Entry[] }[] = []
  for (const { mission, entries } of waiting) {
    const own = entries.filter(
      ({ employeeId, day }) => employeeId !== to.id && (before === undefined || day < before),
    )
    if (own.length > 0) lines.push({ mission, own })
  }
  if (lines.length === 0) return false
  const secret = await makeLink(desk, { missionId: null, associationId, to })
  await tellPerson(desk, to, `missions:notice.${key}`, {
    name: to.name,
    lines: (reader: Reader) => lines.map((line) => lineOf(line, reader)).join('\n'),
    link: `${desk.url}/confirm/${secret}`,
    days: LINK_DAYS,
  })
  return true
}

function lineOf({ mission, own }: { mission: Mission; own: Entry[] }, { say, language }: Reader) {
  const total = sumMinutes(own.map(({ workedMinutes }) => workedMinutes))
  return say('missions:notice.monthLine', {
    title: mission.title,
    company: mission.companyName,
    count: own.length,
    hours: formatHours(total, language),
  })
}

type Waiting = { mission: Mission; entries: Entry[] }

async function waitingOf({ tx, territory }: Desk, associationId: string): Promise<Waiting[]> {
  const all: Waiting[] = []
  for (const id of await workedMissionIds(tx, territory.id, associationId)) {
    const mission = found(await missionById(tx, territory.id, id))
    if (mission.waitingMinutes === 0n) continue
    const entries = (await entriesOf(tx, mission)).filter(
      (entry) => entryStateOf(entry) === 'waiting',
    )
    all.push({ mission, entries })
  }
  return all
}

/**
 * Another link in place of an old one, to the same mailbox if it still speaks for the association. It
 * answers nothing: whoever asks learns neither whether the link was ours nor whose it was.
 */
export async function renewLink(place: Place, secret: string): Promise<void> {
  const { tx, territory, now } = place
  await takeTurn(tx, territory.id)
  const link = await linkBySecret(tx, territory.id, sha256(secret))
  if (!link) return
  const { missionId, recipient } = link
  const mission = missionId ? await missionById(tx, territory.id, missionId) : undefined
  const associationId = link.associationId ?? mission?.associationId ?? ''
  const people = await peopleOf(tx, associationId, 'association.representative')
  const to = people.find(({ email }) => email === recipient)
  const lastMadeAt = await lastLinkMadeAt(tx, territory.id, { recipient })
  const pauseEndsAt = (lastMadeAt?.getTime() ?? 0) + LINK_PAUSE_MINUTES * 60_000
  if (!to || pauseEndsAt > now.getTime()) return
  const waiting = await waitingOf(place, associationId)
  if (!(await mailMonth(place, to, { associationId, key: 'month', waiting }))) return
  const details = { recipientsCount: 1 }
  await note(tx, { ...deed(place), action: 'link.sent', subjectId: associationId, details })
}
