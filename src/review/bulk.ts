import type { Campaign } from '#campaigns'
import { note } from '#journal'
import { addDays, type Day, formatDay, isId, type Refusal, type Refused, refusal } from '#kit'
import { type Reader, tellPerson } from '#notices'
import { actorOf, deed, Forbidden, found, type Place, peopleOf } from '#people'
import { takeTurn } from '#platform'
import {
  type BulkDeed,
  type BulkKind,
  bulkById,
  insertAssignments,
  insertBulk,
  insertUndoing,
  isAnswered,
  representativesOf,
} from './bulk-store.ts'
import { isRecused, oneList, refusalsForCheck, waitingList } from './rules.ts'
import { insertCompletenessChecks, interestsOf } from './store.ts'
import type { TableRow } from './table.ts'

/** As long as the mails of a deed are held, it can be taken back as if it had not been done. */
export const UNDO_MINUTES = 10

export type BulkInput = {
  kind: BulkKind
  /** Empty: nobody follows these files any more. */
  agentId: string
  missing: string
  answerBy: Day | undefined
}

/** One deed on many files; those of which the reader takes no part are left aside, whatever was ticked. */
export async function doToMany(
  place: Place,
  campaign: Campaign,
  { rows, input }: { rows: TableRow[]; input: BulkInput },
): Promise<{ id: string } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const files = rows.filter((row) => !row.isRecused && isConcerned(row, input))
  const refusals = await refusalsForBulk(place, campaign, { files, input })
  if (refusals.length > 0) return { refusals }
  const territoryId = place.territory.id
  const { personId } = actorOf(place)
  const id = await insertBulk(place.tx, {
    territoryId,
    campaignId: campaign.id,
    kind: input.kind,
    filesCount: files.length,
    doneBy: personId,
    doneAt: place.now,
  })
  if (input.kind === 'assign') await assign(place, files, { agentId: input.agentId, bulkId: id })
  else await check(place, files, { input, bulkId: id })
  const details = { kind: input.kind, files: files.map((file) => file.id) }
  await note(place.tx, { ...deed(place), action: 'review.bulk', subjectId: id, details })
  return { id }
}

/** A complete file is not found complete again, nor asked for pieces by mistake. */
function isConcerned({ completeness }: TableRow, { kind }: BulkInput): boolean {
  return kind === 'assign' || completeness !== 'complete'
}

async function refusalsForBulk(
  place: Place,
  campaign: Campaign,
  { files, input }: { files: TableRow[]; input: BulkInput },
): Promise<Refusal[]> {
  const refusals: Refusal[] = []
  if (files.length === 0) refusals.push(refusal('review:refused.noFile', { field: 'files' }))
  if (input.kind === 'assign') {
    const isKnown = input.agentId === '' || (await isAgent(place, input.agentId))
    if (!isKnown) refusals.push(refusal('review:refused.noAgent', { field: 'agentId' }))
    const interests = await interestsOf(place.tx, place.territory.id)
    // CGCT art. L.2131-11: preparing the file is already taking part in it.
    if (files.some(({ associationId }) => isRecused(interests, input.agentId, associationId)))
      refusals.push(refusal('review:refused.agentRecused', { field: 'agentId' }))
    return refusals
  }
  refusals.push(...refusalsForCheck(campaign.state))
  if (input.kind === 'ask') {
    if (!input.missing)
      refusals.push(refusal('review:refused.nothingMissing', { field: 'missing' }))
    if (input.answerBy && input.answerBy <= place.today)
      refusals.push(refusal('review:refused.answerByPast', { field: 'answerBy' }))
  }
  return refusals
}

export async function isAgent({ tx, territory }: Place, personId: string): Promise<boolean> {
  const agents = await peopleOf(tx, territory.organisationId, 'municipality.agent')
  return agents.some(({ id }) => id === personId)
}

async function assign(
  place: Place,
  files: TableRow[],
  { agentId, bulkId }: { agentId: string; bulkId: string },
): Promise<void> {
  const applicationIds = files.map(({ id }) => id)
  const territoryId = place.territory.id
  const assigned = { territoryId, applicationIds, agentId: agentId || null, bulkId }
  const { personId } = actorOf(place)
  await insertAssignments(place.tx, assigned, { at: place.now, personId })
}

async function check(
  place: Place,
  files: TableRow[],
  { input, bulkId }: { input: BulkInput; bulkId: string },
): Promise<void> {
  const isAsking = input.kind === 'ask'
  const missing = isAsking ? input.missing : ''
  const answerBy = isAsking ? (input.answerBy ?? usualAnswerBy(place.today)) : null
  const asked = files.map((file) => ({ file, missing: listFor(file, missing) }))
  const checks = asked.map(({ file, missing: list }) => ({
    applicationId: file.id,
    missing: list,
    answerBy,
    bulkId,
  }))
  const by = { at: place.now, personId: actorOf(place).personId }
  await insertCompletenessChecks(place.tx, place.territory.id, checks, by)
  const details = { isComplete: !isAsking, bulkId }
  for (const { id } of files)
    await note(place.tx, { ...deed(place), action: 'completeness.checked', subjectId: id, details })
  await tellAll(place, asked, { answerBy, bulkId })
}

/** One list a file: what it was asked before and has not answered is not asked beside, but with. */
function listFor({ checks }: TableRow, missing: string): string {
  return missing === '' ? '' : oneList(waitingList(checks), missing)
}

/** Held as long as the deed can be taken back. */
async function tellAll(
  place: Place,
  asked: { file: TableRow; missing: string }[],
  { answerBy, bulkId }: { answerBy: Day | null; bulkId: string },
): Promise<void> {
  const ofEach = new Map(
    asked.map(({ file, missing }) => [file.associationId, { number: file.number, missing }]),
  )
  const held = { causeId: bulkId, heldSeconds: UNDO_MINUTES * 60 }
  for (const person of await representativesOf(place.tx, [...ofEach.keys()])) {
    const { number = '', missing = '' } = ofEach.get(person.organisationId) ?? {}
    const values = { name: person.name, number }
    if (!answerBy) await tellPerson(place, person, 'review:mail.complete', values, held)
    else {
      const until = ({ language }: Reader) => formatDay(answerBy, language)
      await tellPerson(
        place,
        person,
        'review:mail.missing',
        { ...values, missing, answerBy: until },
        held,
      )
    }
  }
}

/** Two weeks, unless the agent says otherwise. */
export function usualAnswerBy(today: Day): Day {
  return addDays(today, 15)
}

/** Whether its author may still take it back. */
export function isUndoable(bulk: BulkDeed, now: Date): boolean {
  return !bulk.isUndone && now.getTime() - bulk.doneAt.getTime() < UNDO_MINUTES * 60_000
}

/** Takes a deed back: what it wrote no longer counts and its mails do not leave. */
export async function undoBulk(place: Place, id: string): Promise<BulkDeed | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const bulk = found(isId(id) ? await bulkById(place.tx, place.territory.id, id) : undefined)
  const { personId } = actorOf(place)
  if (bulk.doneBy !== personId) throw new Forbidden()
  if (!isUndoable(bulk, place.now)) return { refusals: [refusal('review:refused.undoTooLate')] }
  if (await isAnswered(place.tx, place.territory.id, id))
    return { refusals: [refusal('review:refused.undoAnswered')] }
  const undoing = { territoryId: place.territory.id, bulkId: id }
  await insertUndoing(place.tx, { ...undoing, undoneBy: personId, undoneAt: place.now })
  await note(place.tx, { ...deed(place), action: 'review.bulkUndone', subjectId: id })
  return bulk
}
