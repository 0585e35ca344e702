import type { Campaign } from '#campaigns'
import { cents, newId } from '#kit'
import { found } from '#people'
import { askedOnce, type Tx } from '#platform'
import { needBeside, needsBeside } from './need-store.ts'
import type { Answers, Application } from './rules.ts'

type Key = { territoryId: string; id: string }

export async function applicationById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<Application | undefined> {
  const [only] = await applicationsWhere(tx, territoryId, { id })
  return only
}

export async function applicationOfAssociation(
  tx: Tx,
  campaign: Campaign,
  associationId: string,
): Promise<Application | undefined> {
  const files = await applicationsOfAssociation(tx, campaign.territoryId, associationId)
  return files.find(({ campaignId }) => campaignId === campaign.id)
}

/** Every file of one association in this commune, whatever the season. */
export async function applicationsOfAssociation(
  tx: Tx,
  territoryId: string,
  associationId: string,
): Promise<Application[]> {
  return applicationsWhere(tx, territoryId, { associationId })
}

/** Drafts and deposited files of a season, by the association's name. */
export async function applicationsOf(tx: Tx, campaign: Campaign): Promise<Application[]> {
  return applicationsWhere(tx, campaign.territoryId, { campaignId: campaign.id })
}

async function applicationsWhere(
  tx: Tx,
  territoryId: string,
  asked: { id?: string; campaignId?: string; associationId?: string },
): Promise<Application[]> {
  let query = selectApplications(tx, territoryId)
  if (asked.id !== undefined) query = query.where('a.id', '=', asked.id)
  if (asked.campaignId !== undefined) query = query.where('a.campaignId', '=', asked.campaignId)
  if (asked.associationId !== undefined)
    query = query.where('a.associationId', '=', asked.associationId)
  return askedOnce(tx, `applications ${territoryId} ${JSON.stringify(asked)}`, async () => {
    const rows = await query.execute()
    return rows.map(applicationFrom)
  })
}

/** Every tie that somebody of this commune has declared with an association. */
export async function declaredTies(tx: Tx, territoryId: string) {
  return askedOnce(tx, `ties ${territoryId}`, () => selectTies(tx, territoryId).execute())
}

export function selectTies(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('declaredInterests')
    .select(['personId', 'associationId', 'nature'])
    .where('territoryId', '=', territoryId)
    .orderBy('declaredAt')
}

/** The associations in which this person has declared an interest. */
export async function tiedAssociations(
  tx: Tx,
  territoryId: string,
  personId: string,
): Promise<Set<string>> {
  const ties = await declaredTies(tx, territoryId)
  const own = ties.filter((tie) => tie.personId === personId)
  return new Set(own.map(({ associationId }) => associationId))
}

/** Those who write wait here for each other, so that a deposit and a change never cross. */
export async function lockApplication(tx: Tx, { territoryId, id }: Key): Promise<void> {
  await tx
    .selectFrom('applications')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .forUpdate()
    .execute()
}

/** Answers the id of the association's only file of the season, made now unless it exists. */
export async function insertApplication(
  tx: Tx,
  campaign: Campaign,
  start: { associationId: string; envelopeId: string | null; at: Date; personId: string },
): Promise<{ id: string; isNew: boolean }> {
  const key = { territoryId: campaign.territoryId, campaignId: campaign.id }
  const { associationId, envelopeId, at, personId } = start
  const row = { ...key, id: newId(), associationId, envelopeId, startedAt: at, savedAt: at }
  const made = await tx
    .insertInto('applications')
    .values({ ...row, savedBy: personId })
    .onConflict((conflict) =>
      conflict.columns(['territoryId', 'campaignId', 'associationId']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (made) return { id: made.id, isNew: true }
  const known = found(await applicationOfAssociation(tx, campaign, associationId))
  return { id: known.id, isNew: false }
}

export async function updateAnswers(
  tx: Tx,
  { territoryId, id }: Key,
  answers: Partial<Answers>,
  saved: { at: Date; personId: string },
): Promise<void> {
  await tx
    .updateTable('applications')
    .set({ ...answers, savedAt: saved.at, savedBy: saved.personId })
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .execute()
}

export async function insertCommitment(
  tx: Tx,
  { territoryId, id }: Key,
  signed: { at: Date; personId: string; text: string },
): Promise<void> {
  await tx
    .updateTable('applications')
    .set({
      commitmentSignedAt: signed.at,
      commitmentSignedBy: signed.personId,
      commitmentText: signed.text,
    })
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .execute()
}

export async function insertDeposit(
  tx: Tx,
  { territoryId, id }: Key,
  deposit: { number: string; documentId: string; at: Date; personId: string },
): Promise<void> {
  const { number, documentId, at, personId } = deposit
  const row = { territoryId, applicationId: id, number, documentId }
  await tx
    .insertInto('applicationDeposits')
    .values({ ...row, depositedAt: at, depositedBy: personId })
    .execute()
}

export async function insertWithdrawal(
  tx: Tx,
  { territoryId, id }: Key,
  withdrawn: { reason: string; at: Date; personId: string },
): Promise<void> {
  const { reason, at, personId } = withdrawn
  const row = { territoryId, applicationId: id, reason }
  await tx
    .insertInto('applicationWithdrawals')
    .values({ ...row, withdrawnAt: at, withdrawnBy: personId })
    .execute()
}

/** The steps already announced for these drafts. */
export async function remindersOf(tx: Tx, drafts: Key[]) {
  const [first] = drafts
  if (!first) return []
  const ids = drafts.map(({ id }) => id)
  return tx
    .selectFrom('applicationReminders')
    .select(['applicationId as id', 'daysBefore'])
    .where('territoryId', '=', first.territoryId)
    .where('applicationId', 'in', ids)
    .execute()
}

export async function insertReminder(
  tx: Tx,
  { territoryId, id }: Key,
  { daysBefore, at }: { daysBefore: number; at: Date },
): Promise<void> {
  await tx
    .insertInto('applicationReminders')
    .values({ territoryId, applicationId: id, daysBefore, writtenAt: at })
    .execute()
}

function selectApplications(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('applications as a')
    .innerJoin('organisations as o', 'o.id', 'a.associationId')
    .leftJoin('applicationDeposits as d', (join) =>
      join.onRef('d.territoryId', '=', 'a.territoryId').onRef('d.applicationId', '=', 'a.id'),
    )
    .select(['a.territoryId', 'a.id', 'a.campaignId', 'a.associationId', 'a.envelopeId'])
    .select(['a.projectTitle', 'a.projectSummary', 'a.beneficiaries', 'a.cashFallback'])
    .select(['a.askedCents', 'a.usefulCents', 'a.budgetChargesCents', 'a.budgetProductsCents'])
    .select(['a.commitmentSignedAt', 'a.savedAt'])
    .select(['o.name', 'o.rna', 'o.siret', 'o.address', 'o.purpose'])
    .leftJoin('applicationWithdrawals as w', (join) =>
      join.onRef('w.territoryId', '=', 'a.territoryId').onRef('w.applicationId', '=', 'a.id'),
    )
    .select(['d.number', 'd.depositedAt', 'd.documentId', 'w.withdrawnAt'])
    .select(needsBeside.as('needs'))
    .where('a.territoryId', '=', territoryId)
    .orderBy('o.name')
}

type Row = Awaited<ReturnType<ReturnType<typeof selectApplications>['executeTakeFirstOrThrow']>>

function applicationFrom(row: Row): Application {
  const { number, depositedAt, documentId, associationId, name, rna, siret, address, purpose } = row
  const isDeposited = number !== null && depositedAt !== null && documentId !== null
  return {
    territoryId: row.territoryId,
    id: row.id,
    campaignId: row.campaignId,
    association: { id: associationId, name, rna, siret, address, purpose },
    envelopeId: row.envelopeId,
    projectTitle: row.projectTitle,
    projectSummary: row.projectSummary,
    beneficiaries: row.beneficiaries,
    askedCents: centsOrNull(row.askedCents),
    usefulCents: centsOrNull(row.usefulCents),
    cashFallback: row.cashFallback,
    budgetChargesCents: centsOrNull(row.budgetChargesCents),
    budgetProductsCents: centsOrNull(row.budgetProductsCents),
    commitmentSignedAt: row.commitmentSignedAt,
    savedAt: row.savedAt,
    withdrawnAt: row.withdrawnAt,
    deposit: isDeposited ? { number, depositedAt, documentId } : undefined,
    needs: row.needs.map((need) => needBeside(row.id, need)),
  }
}

function centsOrNull(value: bigint | null) {
  return value === null ? null : cents(value)
}
