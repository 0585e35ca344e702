import { declaredTies } from '#applications'
import { type Day, day, newId } from '#kit'
import type { Tx } from '#platform'
import type { Answers, EligibilityCheck, Outcome, Subject } from './eligibility.ts'
import { notAnnulled } from './eligibility-store.ts'
import type { Mark } from './marks.ts'
import type { CompletenessCheck, Interest } from './rules.ts'

type By = { at: Date; personId: string | null }

/** Every completeness check of these files that stands, in order. */
export async function completenessChecksOf(
  tx: Tx,
  territoryId: string,
  applicationIds: string[],
): Promise<Map<string, CompletenessCheck[]>> {
  if (applicationIds.length === 0) return new Map()
  const rows = await selectChecks(tx, territoryId, applicationIds).execute()
  return Map.groupBy(rows.map(checkFrom), ({ applicationId }) => applicationId)
}

export function selectChecks(tx: Tx, territoryId: string, applicationIds: string[]) {
  return tx
    .selectFrom('completenessChecks as c')
    .leftJoin('completenessAnswers as a', (join) =>
      join
        .onRef('a.territoryId', '=', 'c.territoryId')
        .onRef('a.applicationId', '=', 'c.applicationId')
        .onRef('a.rank', '=', 'c.rank'),
    )
    .leftJoin('bulkUndoings as u', (join) =>
      join.onRef('u.territoryId', '=', 'c.territoryId').onRef('u.bulkId', '=', 'c.bulkId'),
    )
    .select(['c.applicationId', 'c.rank', 'c.missing', 'c.checkedAt', 'c.answerBy'])
    .select(['a.note', 'a.answeredAt'])
    .where('c.territoryId', '=', territoryId)
    .where('u.bulkId', 'is', null)
    .where('c.applicationId', 'in', applicationIds)
    .orderBy('c.rank')
}

type CheckRow = Awaited<ReturnType<ReturnType<typeof selectChecks>['execute']>>[number]

export function checkFrom({ note, answeredAt, answerBy, ...check }: CheckRow) {
  return {
    ...check,
    answerBy: answerBy === null ? undefined : day(answerBy),
    answer: answeredAt ? { note: note ?? '', answeredAt } : undefined,
  }
}

export type NewCheck = {
  applicationId: string
  missing: string
  answerBy: Day | null
  bulkId: string | null
}

/** Each after those of its file, the ones taken back included: a rank is used once. */
export async function insertCompletenessChecks(
  tx: Tx,
  territoryId: string,
  checks: NewCheck[],
  { at, personId }: By,
): Promise<void> {
  const used = await tx
    .selectFrom('completenessChecks')
    .select('applicationId')
    .select((select) => select.fn.max('rank').as('rank'))
    .where('territoryId', '=', territoryId)
    .where(
      'applicationId',
      'in',
      checks.map(({ applicationId }) => applicationId),
    )
    .groupBy('applicationId')
    .execute()
  const last = new Map(used.map(({ applicationId, rank }) => [applicationId, rank]))
  const rows = checks.map((check) => ({ ...check, rank: (last.get(check.applicationId) ?? 0) + 1 }))
  await tx
    .insertInto('completenessChecks')
    .values(rows.map((row) => ({ ...row, territoryId, checkedAt: at, checkedBy: personId })))
    .execute()
}

export async function insertCompletenessAnswer(
  tx: Tx,
  answer: { territoryId: string; applicationId: string; rank: number; note: string },
  { at, personId }: By,
): Promise<void> {
  await tx
    .insertInto('completenessAnswers')
    .values({ ...answer, answeredAt: at, answeredBy: personId })
    .execute()
}

export type Eligibilities = Partial<Record<Subject, EligibilityCheck>>

/** The latest check of each eligibility of these files. */
export async function eligibilitiesOf(
  tx: Tx,
  territoryId: string,
  applicationIds: string[],
): Promise<Map<string, Eligibilities>> {
  if (applicationIds.length === 0) return new Map()
  return eligibilitiesFrom(await selectEligibilities(tx, territoryId, applicationIds).execute())
}

export function selectEligibilities(tx: Tx, territoryId: string, applicationIds: string[]) {
  return tx
    .selectFrom('eligibilityChecks')
    .distinctOn(['applicationId', 'subject'])
    .selectAll()
    .where('territoryId', '=', territoryId)
    .where('applicationId', 'in', applicationIds)
    .where(notAnnulled('eligibility_checks'))
    .orderBy('applicationId')
    .orderBy('subject')
    .orderBy('rank', 'desc')
}

type EligibilityRow = Awaited<ReturnType<ReturnType<typeof selectEligibilities>['execute']>>[number]

export function eligibilitiesFrom(rows: EligibilityRow[]): Map<string, Eligibilities> {
  const latest = new Map<string, Eligibilities>()
  for (const row of rows) {
    const check = checkFromRow(row)
    latest.set(row.applicationId, { ...latest.get(row.applicationId), [check.subject]: check })
  }
  return latest
}

export function checkFromRow(row: EligibilityRow): EligibilityCheck {
  return {
    subject: row.subject === 'cash' ? 'cash' : 'hours',
    outcome: row.outcome as Outcome,
    basis: row.basis,
    evidence: row.evidence,
    evidencePieceId: row.evidencePieceId,
    answers: row.answers as Answers,
    checkedAt: row.checkedAt,
    expiresOn: row.expiresOn === null ? null : day(row.expiresOn),
  }
}

export async function insertEligibility(
  tx: Tx,
  key: { territoryId: string; applicationId: string },
  check: Omit<EligibilityCheck, 'checkedAt'>,
  { at, personId }: By,
): Promise<void> {
  const { past } = await tx
    .selectFrom('eligibilityChecks')
    .select((select) => select.fn.countAll<bigint>().as('past'))
    .where('territoryId', '=', key.territoryId)
    .where('applicationId', '=', key.applicationId)
    .where('subject', '=', check.subject)
    .executeTakeFirstOrThrow()
  const row = { ...key, ...check, answers: JSON.stringify(check.answers) }
  await tx
    .insertInto('eligibilityChecks')
    .values({ ...row, rank: Number(past) + 1, checkedAt: at, checkedBy: personId })
    .execute()
}

export async function marksOf(
  tx: Tx,
  territoryId: string,
  applicationIds: string[],
): Promise<Map<string, (Mark & { applicationId: string })[]>> {
  if (applicationIds.length === 0) return new Map()
  const rows = await selectMarks(tx, territoryId, applicationIds).execute()
  return Map.groupBy(rows, ({ applicationId }) => applicationId)
}

export function selectMarks(tx: Tx, territoryId: string, applicationIds: string[]) {
  return tx
    .selectFrom('scores')
    .select(['applicationId', 'criterionId', 'reviewerId', 'mark', 'gridVersion'])
    .where('territoryId', '=', territoryId)
    .where('applicationId', 'in', applicationIds)
}

/** A reviewer's marks replace their earlier ones. */
export async function saveMarks(
  tx: Tx,
  key: { territoryId: string; applicationId: string; reviewerId: string },
  given: { criterionId: string; mark: number; gridVersion: number }[],
  at: Date,
): Promise<void> {
  await tx
    .insertInto('scores')
    .values(given.map((mark) => ({ ...key, ...mark, markedAt: at })))
    .onConflict((conflict) =>
      conflict
        .columns(['territoryId', 'applicationId', 'criterionId', 'reviewerId'])
        .doUpdateSet((row) => ({
          mark: row.ref('excluded.mark'),
          gridVersion: row.ref('excluded.gridVersion'),
          markedAt: row.ref('excluded.markedAt'),
        })),
    )
    .execute()
}

export type Opinion = { reviewerId: string; reviewerName: string; comment: string; givenAt: Date }

export async function opinionsOf(
  tx: Tx,
  territoryId: string,
  applicationId: string,
): Promise<Opinion[]> {
  return selectOpinions(tx, territoryId, applicationId).execute()
}

export function selectOpinions(tx: Tx, territoryId: string, applicationId: string) {
  return tx
    .selectFrom('opinions as o')
    .innerJoin('people as p', 'p.id', 'o.reviewerId')
    .select(['o.reviewerId', 'p.name as reviewerName', 'o.comment', 'o.givenAt'])
    .where('o.territoryId', '=', territoryId)
    .where('o.applicationId', '=', applicationId)
    .orderBy('o.givenAt')
}

export async function saveOpinion(
  tx: Tx,
  opinion: { territoryId: string; applicationId: string; reviewerId: string; comment: string },
  givenAt: Date,
): Promise<void> {
  const { comment } = opinion
  await tx
    .insertInto('opinions')
    .values({ ...opinion, givenAt })
    .onConflict((conflict) =>
      conflict
        .columns(['territoryId', 'applicationId', 'reviewerId'])
        .doUpdateSet({ comment, givenAt }),
    )
    .execute()
}

export async function interestsOf(tx: Tx, territoryId: string): Promise<Interest[]> {
  return declaredTies(tx, territoryId)
}

export async function insertInterest(
  tx: Tx,
  interest: { territoryId: string; personId: string; associationId: string; nature: string },
  declaredAt: Date,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('declaredInterests')
    .values({ ...interest, id, declaredAt })
    .execute()
  return id
}

export type Note = { id: string; authorName: string; words: string; writtenAt: Date }

/** What reviewers left for each other on this file, the newest first. */
export function selectNotes(tx: Tx, territoryId: string, applicationId: string) {
  return tx
    .selectFrom('fileNotes as n')
    .innerJoin('people as p', 'p.id', 'n.authorId')
    .select(['n.id', 'p.name as authorName', 'n.words', 'n.writtenAt'])
    .where('n.territoryId', '=', territoryId)
    .where('n.applicationId', '=', applicationId)
    .orderBy('n.writtenAt', 'desc')
}

export async function insertNote(
  tx: Tx,
  note: {
    territoryId: string
    applicationId: string
    authorId: string
    words: string
    writtenAt: Date
  },
): Promise<void> {
  await tx
    .insertInto('fileNotes')
    .values({ ...note, id: newId() })
    .execute()
}
