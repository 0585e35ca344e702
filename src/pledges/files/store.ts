import { newId } from '#kit'
import type { Tx, Typed } from '#platform'
import type { ReadLine, Said } from './columns.ts'

export type PledgeFile = {
  territoryId: string
  id: string
  campaignId: string
  organisationId: string
  fileName: string
}

type Whose = { territoryId: string; campaignId: string; organisationId: string }

/** The same content put in again is the same file. */
export async function fileOfContent(
  tx: Tx,
  { territoryId, campaignId, organisationId }: Whose,
  fileSha256: string,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('pledgeFiles')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('campaignId', '=', campaignId)
    .where('organisationId', '=', organisationId)
    .where('fileSha256', '=', fileSha256)
    .executeTakeFirst()
  return row?.id
}

export async function insertFile(
  tx: Tx,
  file: Omit<PledgeFile, 'id'> & { fileSha256: string; putInBy: string; putInAt: Date },
  lines: ReadLine[],
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('pledgeFiles')
    .values({ ...file, id })
    .execute()
  const { territoryId } = file
  const rows = lines.map((read) => ({ territoryId, fileId: id, ...written(read) }))
  await tx.insertInto('pledgeFileLines').values(rows).execute()
  return id
}

/** What this organisation put in for the season, the latest first: lines may wait there to be corrected. */
export async function filesOf(tx: Tx, { territoryId, campaignId, organisationId }: Whose) {
  return tx
    .selectFrom('pledgeFiles')
    .select(['id', 'fileName', 'putInAt'])
    .where('territoryId', '=', territoryId)
    .where('campaignId', '=', campaignId)
    .where('organisationId', '=', organisationId)
    .orderBy('putInAt', 'desc')
    .limit(FILES_SHOWN)
    .execute()
}

const FILES_SHOWN = 20

export async function fileById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<PledgeFile | undefined> {
  return tx
    .selectFrom('pledgeFiles')
    .select(['territoryId', 'id', 'campaignId', 'organisationId', 'fileName'])
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Every file that this organisation put in for the season, in the order in which they came. */
export async function allFilesOf(tx: Tx, whose: Whose): Promise<PledgeFile[]> {
  return tx
    .selectFrom('pledgeFiles')
    .select(['territoryId', 'id', 'campaignId', 'organisationId', 'fileName'])
    .where('territoryId', '=', whose.territoryId)
    .where('campaignId', '=', whose.campaignId)
    .where('organisationId', '=', whose.organisationId)
    .orderBy('putInAt')
    .execute()
}

/** The lines of a file; `draftId` of those taken. */
export async function linesOf(
  tx: Tx,
  { territoryId, id }: PledgeFile,
): Promise<(ReadLine & { draftId: string | null })[]> {
  const rows = await tx
    .selectFrom('pledgeFileLines as l')
    .leftJoin('pledgeDrafts as d', (join) =>
      join
        .onRef('d.territoryId', '=', 'l.territoryId')
        .onRef('d.fileId', '=', 'l.fileId')
        .onRef('d.line', '=', 'l.line'),
    )
    .select(['l.line', 'l.said', 'l.apart', 'd.id as draftId'])
    .where('l.territoryId', '=', territoryId)
    .where('l.fileId', '=', id)
    .orderBy('l.line')
    .execute()
  return rows.map((row) => ({
    ...row,
    said: row.said as Said,
    apart: row.apart as ReadLine['apart'],
  }))
}

export async function saveLine(
  tx: Tx,
  { territoryId, id }: PledgeFile,
  { line, ...read }: ReadLine,
): Promise<void> {
  await tx
    .updateTable('pledgeFileLines')
    .set(written({ line, ...read }))
    .where('territoryId', '=', territoryId)
    .where('fileId', '=', id)
    .where('line', '=', line)
    .execute()
}

/** Those promises of the season that some file brought already. */
export async function keysDrafted(
  tx: Tx,
  { territoryId, campaignId }: Pick<PledgeFile, 'territoryId' | 'campaignId'>,
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('pledgeDrafts')
    .select('lineKey')
    .where('territoryId', '=', territoryId)
    .where('campaignId', '=', campaignId)
    .execute()
  return new Set(rows.map(({ lineKey }) => lineKey))
}

export type Draft = {
  territoryId: string
  id: string
  campaignId: string
  companyId: string
  companyName: string
  answers: Typed
  answeredAt: Date | null
}

export async function insertDraft(
  tx: Tx,
  { territoryId, id: fileId, campaignId }: PledgeFile,
  draft: {
    companyId: string
    lineKey: string
    answers: Typed
    line: number
    draftedBy: string
    draftedAt: Date
  },
): Promise<string> {
  const id = newId()
  const row = { ...draft, territoryId, id, fileId, campaignId, answers: json(draft.answers) }
  await tx.insertInto('pledgeDrafts').values(row).execute()
  return id
}

export async function draftById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<Draft | undefined> {
  const row = await drafts(tx, territoryId).where('d.id', '=', id).executeTakeFirst()
  return row && { ...row, answers: row.answers as Typed }
}

/** Drafts of the season on which the company has not said a word; of one company, or of all. */
export async function draftsWaiting(
  tx: Tx,
  { territoryId, id }: { territoryId: string; id: string },
  companyId?: string,
): Promise<Draft[]> {
  const rows = await drafts(tx, territoryId)
    .where('d.campaignId', '=', id)
    .where('a.answeredAt', 'is', null)
    .$if(companyId !== undefined, (query) => query.where('d.companyId', '=', companyId ?? ''))
    .orderBy('o.name')
    .orderBy('d.id')
    .execute()
  return rows.map((row) => ({ ...row, answers: row.answers as Typed }))
}

export async function insertDraftAnswer(
  tx: Tx,
  draft: { territoryId: string; id: string },
  answer: { pledgeId: string | null; answeredBy: string; answeredAt: Date },
): Promise<void> {
  await tx
    .insertInto('pledgeDraftAnswers')
    .values({ ...answer, territoryId: draft.territoryId, draftId: draft.id })
    .execute()
}

function drafts(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('pledgeDrafts as d')
    .innerJoin('organisations as o', 'o.id', 'd.companyId')
    .leftJoin('pledgeDraftAnswers as a', (join) =>
      join.onRef('a.territoryId', '=', 'd.territoryId').onRef('a.draftId', '=', 'd.id'),
    )
    .select(['d.territoryId', 'd.id', 'd.campaignId', 'd.companyId', 'd.answers'])
    .select(['o.name as companyName', 'a.answeredAt'])
    .where('d.territoryId', '=', territoryId)
}

function written({ line, said, apart }: ReadLine) {
  return { line, said: json(said), apart: json(apart) }
}

function json(value: object): string {
  return JSON.stringify(value)
}
