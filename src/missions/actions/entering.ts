import { campaignById } from '#campaigns'
import { note } from '#journal'
import { type Day, dayOf, minutes, newId, type Refusal, type Refused, sumMinutes } from '#kit'
import { deed, found, type Place } from '#people'
import {
  type Around,
  entryRefusals,
  leftMinutes,
  type Mission,
  type NewEntry,
  stateOf,
  type Worked,
  warningsOf,
  weeksAround,
} from '../rules/index.ts'
import { calendarIn, insertEntry, workedBetween } from '../store/index.ts'

export type ToKeep = { mission: Mission; entry: NewEntry; replacesId?: string }

/** Keeps all these entries of one person, or none and every reason. */
export async function keepEntries(
  place: Place,
  employeeId: string,
  all: ToKeep[],
): Promise<{ ids: string[] } | Refused> {
  const days = all.map(({ entry }) => entry.day)
  const known = new Map<string, Around>()
  for (const { mission } of all)
    if (!known.has(mission.id))
      known.set(mission.id, await aroundOf(place, { mission, employeeId, days }))
  const refusals: Refusal[] = []
  const checked: ToKeep[] = []
  for (const one of all) {
    const { entry, mission } = one
    const around = beside(found(known.get(mission.id)), mission, checked)
    refusals.push(...entryRefusals(entry, around))
    checked.push({ ...one, entry: { ...entry, acknowledged: warningsOf(entry, around) } })
  }
  if (refusals.length > 0) return { refusals: eachOnce(refusals) }
  const ids: string[] = []
  for (const one of checked) ids.push(await keep(place, { employeeId, ...one }))
  return { ids }
}

/** A law that several entries of one gesture meet is told once. */
function eachOnce(refusals: Refusal[]): Refusal[] {
  return [...new Map(refusals.map((one) => [one.code, one])).values()]
}

/** As it will be once the entries of the same gesture are kept. */
function beside(around: Around, { id }: Mission, kept: ToKeep[]): Around {
  const own = kept.filter(({ mission }) => mission.id === id)
  const keptMinutes = sumMinutes(own.map(({ entry }) => entry.workedMinutes))
  return {
    ...around,
    others: [...around.others, ...kept.map(({ entry }) => entry)],
    leftMinutes: minutes(around.leftMinutes - keptMinutes),
  }
}

/** What the law and the agreement look at, around these days of one person. */
export async function aroundOf(
  { tx, today, territory }: Place,
  asked: { mission: Mission; employeeId: string; days: Day[] },
): Promise<Around> {
  const { mission, employeeId, days } = asked
  const weeks = days.map(weeksAround)
  const { territoryId } = mission
  const campaign = found(await campaignById(tx, territoryId, mission.campaignId))
  const others: Worked[] = await workedBetween(tx, {
    territoryId,
    employeeId,
    from: weeks.map(({ from }) => from).sort()[0] ?? today,
    to:
      weeks
        .map(({ to }) => to)
        .sort()
        .at(-1) ?? today,
  })
  return {
    agreement: agreementInForce(mission),
    leftMinutes: leftMinutes(mission),
    others,
    isSeasonClosed: campaign.state === 'closed' || campaign.state === 'cancelled',
    calendar: await calendarIn(tx, territory.id),
    today,
  }
}

function agreementInForce(mission: Mission) {
  const { agreement } = mission
  if (stateOf(mission) === 'ended' || !agreement?.effectiveAt) return undefined
  const { startsOn, endsOn, effectiveAt } = agreement
  return { startsOn, endsOn, effectiveOn: dayOf(effectiveAt) }
}

async function keep(
  place: Place,
  { mission, employeeId, entry, replacesId }: ToKeep & { employeeId: string },
): Promise<string> {
  const id = newId()
  await insertEntry(place.tx, mission.territoryId, {
    ...entry,
    note: entry.note.trim(),
    acknowledged: entry.acknowledged ?? [],
    id,
    missionId: mission.id,
    employeeId,
    enteredAt: place.now,
    ...(replacesId && { replacesId }),
  })
  const { day, workedMinutes } = entry
  await note(place.tx, {
    ...deed(place),
    action: 'hours.entered',
    subjectId: mission.id,
    details: { entryId: id, day, workedMinutes, ...(replacesId && { replacesId }) },
  })
  return id
}
