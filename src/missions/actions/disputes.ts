import { note } from '#journal'
import { isRefused, type Minutes, type Refused, refusal } from '#kit'
import { tell, tellPerson } from '#notices'
import { actorOf, deed, Missing, type Place, personById } from '#people'
import { takeTurn } from '#platform'
import { missionToChange, seenMission } from '../access.ts'
import {
  type DisputeStep,
  type Entry,
  type Mission,
  type NewEntry,
  type Said,
  type Speaker,
  stepRefusals,
  warningKinds,
} from '../rules/index.ts'
import { entriesOf, insertAnswers, insertStep } from '../store/index.ts'
import { keepEntries } from './entering.ts'
import { ownMission } from './hours.ts'
import { representativeOf } from './told.ts'

export type Word = { entryId: string; kind: DisputeStep['kind']; words: string; agreed?: Minutes }
export type SpokenBy = { name: string; personId: string | null; linkId: string | null }

/**
 * One word more on a contested entry, by whoever's turn it is. What both sides agree on is a new entry,
 * which counts as confirmed when the association has said that duration.
 */
export async function sayInDispute(
  place: Place,
  mission: Mission,
  { word, speaker, by }: { word: Word; speaker: Speaker; by: SpokenBy },
): Promise<{ id: string } | Refused> {
  const entries = await entriesOf(place.tx, mission)
  const entry = entries.find(({ id }) => id === word.entryId)
  if (!entry) return { refusals: [refusal('missions:refused.noEntry')] }
  const step = stepOf(word, entry, speaker)
  const personId = by.personId ?? undefined
  const refusals = stepRefusals(step, { entry, speaker, personId, now: place.now })
  if (refusals.length > 0) return { refusals }
  if (step.agreedMinutes !== undefined) {
    const kept = await keepAgreed(place, mission, {
      entry,
      speaker,
      by,
      minutes: step.agreedMinutes,
    })
    if (isRefused(kept)) return kept
  }
  await insertStep(place.tx, mission.territoryId, {
    ...step,
    entryId: entry.id,
    rank: entry.steps.length + 1,
    byName: by.name,
    personId: by.personId,
    linkId: by.linkId,
    saidAt: place.now,
  })
  const details = { entryId: entry.id, kind: step.kind, linkId: by.linkId }
  await note(place.tx, { ...deed(place), action: 'dispute.said', subjectId: mission.id, details })
  await tellStep(place, mission, { entry, step })
  return { id: mission.id }
}

/** The employee takes the proposed duration, the association the one that was noted. */
function stepOf({ kind, words, agreed }: Word, entry: Entry, speaker: Speaker): Said {
  const settled: Record<Speaker, Minutes | undefined> = {
    employee: entry.answer?.proposedMinutes,
    association: entry.workedMinutes,
    mediator: agreed,
  }
  const isAgreed = kind === 'accepted' || kind === 'agreed'
  return { kind, words: words.trim(), agreedMinutes: isAgreed ? settled[speaker] : undefined }
}

async function keepAgreed(
  place: Place,
  mission: Mission,
  asked: { entry: Entry; speaker: Speaker; by: SpokenBy; minutes: Minutes },
): Promise<object | Refused> {
  const { entry, speaker, by } = asked
  const { employeeId, day, startsAt, isAtNight, note: line } = entry
  // The warnings of that day were read when it was first noted.
  const anew: NewEntry = {
    day,
    workedMinutes: asked.minutes,
    // A longer day than the one noted: nobody said when it began.
    startsAt: asked.minutes <= entry.workedMinutes ? startsAt : undefined,
    isAtNight,
    note: line,
    acknowledged: [...warningKinds],
  }
  const kept = await keepEntries(place, employeeId, [
    { mission, entry: anew, replacesId: entry.id },
  ])
  // A third cannot speak for the association: it confirms what was agreed, as any other entry.
  if (isRefused(kept) || speaker === 'mediator') return kept
  const word = speaker === 'association' ? by : proposer(entry)
  await insertAnswers(place.tx, mission.territoryId, kept.ids, {
    outcome: 'confirmed',
    reason: '',
    proposedMinutes: undefined,
    confirmedByName: word.name,
    personId: word.personId,
    linkId: word.linkId,
    confirmedAt: place.now,
  })
  return kept
}

function proposer({ answer }: Entry): SpokenBy {
  return {
    name: answer?.byName ?? '',
    personId: answer?.personId ?? null,
    linkId: answer?.linkId ?? null,
  }
}

type Deed = Promise<{ id: string } | Refused>

/** The employee takes the proposal, answers, or drops the line. */
export async function answerDispute(place: Place, missionId: string, word: Word): Deed {
  const { own, whose } = await ownMission(place, missionId)
  return say(own, whose.mission, { word, speaker: 'employee' })
}

/** The association's representative, signed in, confirms after all or maintains. */
export async function decide(place: Place, missionId: string, word: Word): Deed {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'association',
    roles: ['association.representative'],
  })
  return say(own, mission, { word, speaker: 'association' })
}

/** The company, or the commune, closes what the two could not settle. */
export async function mediate(place: Place, missionId: string, word: Word): Deed {
  await takeTurn(place.tx, place.territory.id)
  const { mission, views } = await seenMission(place, missionId)
  if (!views.includes('company') && !views.includes('commune')) throw new Missing()
  return say(place, mission, { word, speaker: 'mediator' })
}

/** A signed-in person's word. */
function say(place: Place, mission: Mission, asked: { word: Word; speaker: Speaker }): Deed {
  const { name, personId } = actorOf(place)
  return sayInDispute(place, mission, { ...asked, by: { name, personId, linkId: null } })
}

/** Whoever speaks next, and at the end both sides. */
async function tellStep(
  place: Place,
  mission: Mission,
  { entry, step }: { entry: Entry; step: Said },
): Promise<void> {
  const { id, title, companyId } = mission
  const link = `${place.url}/missions/${id}`
  const key = `missions:notice.dispute.${step.kind}`
  const values = { title, words: step.words, link }
  const company = { organisationId: companyId, role: 'company.csr' as const }
  const toEmployee = async () => {
    const employee = await personById(place.tx, entry.employeeId)
    if (employee) await tellPerson(place, employee, key, { ...values, name: employee.name })
  }
  if (step.kind !== 'maintained') await tell(place, representativeOf(mission), key, values)
  if (step.kind !== 'answered') await tell(place, company, key, values)
  if (step.kind !== 'answered' && step.kind !== 'accepted') await toEmployee()
}
