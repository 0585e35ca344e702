import type { Campaign } from '#campaigns'
import { isId, newId } from '#kit'
import type { Tx } from '#platform'
import {
  type Incident,
  type IncidentKind,
  type IncidentStep,
  type IncidentWords,
  incidentKinds,
  incidentStateOf,
  incidentSteps,
  type Mission,
  type Side,
  type StepDone,
  type TimedStep,
} from '../rules/index.ts'

type Of = Pick<Mission, 'territoryId' | 'id'>

/** What went wrong on a mission, the latest first, each with what was done about it. */
export async function incidentsOf(tx: Tx, { territoryId, id }: Of): Promise<Incident[]> {
  const rows = await incidentRows(tx, territoryId).where('i.missionId', '=', id).execute()
  return incidentsFrom(rows)
}

export async function incidentById(
  tx: Tx,
  mission: Of,
  incidentId: string,
): Promise<Incident | undefined> {
  if (!isId(incidentId)) return undefined
  const rows = await incidentRows(tx, mission.territoryId)
    .where('i.missionId', '=', mission.id)
    .where('i.id', '=', incidentId)
    .execute()
  return incidentsFrom(rows)[0]
}

/** Accidents that nobody closed: the law may still wait for somebody's word. */
export async function openAccidents(tx: Tx, territoryId: string): Promise<Incident[]> {
  return incidentsFrom(await openAccidentRows(tx, territoryId).execute())
}

function openAccidentRows(tx: Tx, territoryId: string) {
  return incidentRows(tx, territoryId)
    .where('i.kind', '=', 'accident')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('incidentSteps as over')
            .select('over.step')
            .whereRef('over.territoryId', '=', 'i.territoryId')
            .whereRef('over.incidentId', '=', 'i.id')
            .where('over.step', '=', 'closed'),
        ),
      ),
    )
}

/** Of one company, in one season: what it has still to declare. */
export async function accidentsToDeclare(
  tx: Tx,
  { territoryId, id: campaignId }: Pick<Campaign, 'territoryId' | 'id'>,
  companyId: string,
): Promise<number> {
  const ofCompany = tx
    .selectFrom('missions')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('campaignId', '=', campaignId)
    .where('companyId', '=', companyId)
  const rows = await openAccidentRows(tx, territoryId)
    .where('i.missionId', 'in', ofCompany)
    .execute()
  return incidentsFrom(rows).filter((one) => incidentStateOf(one) !== 'declared').length
}

type By = { personId: string; at: Date }

export async function insertIncident(
  tx: Tx,
  mission: Parties,
  { words, ...incident }: { kind: IncidentKind; happenedAt: Date; words: string; side: Side },
  { personId, at }: By,
): Promise<string> {
  const id = newId()
  const { territoryId, id: missionId } = mission
  await tx
    .insertInto('incidents')
    .values({ ...incident, territoryId, id, missionId, reportedBy: personId, reportedAt: at })
    .execute()
  await insertWords(tx, mission, { incidentId: id, step: 'report', words })
  return id
}

export async function insertIncidentStep(
  tx: Tx,
  mission: Parties,
  { incidentId, words, ...done }: Said & { step: IncidentStep; doneAt: Date },
  { personId, at }: By,
): Promise<void> {
  const { territoryId } = mission
  await tx
    .insertInto('incidentSteps')
    .values({ ...done, territoryId, incidentId, saidBy: personId, saidAt: at })
    .execute()
  if (words) await insertWords(tx, mission, { incidentId, step: done.step, words })
}

type Parties = Pick<Mission, 'territoryId' | 'id' | 'companyId' | 'associationId'>
type Said = { incidentId: string; step: keyof IncidentWords; words: string }

async function insertWords(
  tx: Tx,
  { territoryId, companyId, associationId }: Parties,
  said: Said,
): Promise<void> {
  const row = { ...said, territoryId, companyId, associationId }
  await tx.insertInto('incidentWords').values(row).execute()
}

/** What was said, at the report and at each step: nothing for whoever acts for neither organisation. */
export async function incidentWordsOf(
  tx: Tx,
  { territoryId, id }: Pick<Incident, 'territoryId' | 'id'>,
): Promise<IncidentWords> {
  const rows = await tx
    .selectFrom('incidentWords')
    .select(['step', 'words'])
    .where('territoryId', '=', territoryId)
    .where('incidentId', '=', id)
    .execute()
  return Object.fromEntries(rows.map(({ step, words }) => [step, words]))
}

/** False where this reminder has left already. */
export async function insertIncidentReminder(
  tx: Tx,
  { territoryId, id }: Incident,
  reminder: { step: TimedStep; isLate: boolean; sentAt: Date },
): Promise<boolean> {
  const written = await tx
    .insertInto('incidentReminders')
    .values({ ...reminder, territoryId, incidentId: id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return written.numInsertedOrUpdatedRows === 1n
}

function incidentRows(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('incidents as i')
    .innerJoin('people as by', 'by.id', 'i.reportedBy')
    .leftJoin('incidentSteps as s', (join) =>
      join.onRef('s.territoryId', '=', 'i.territoryId').onRef('s.incidentId', '=', 'i.id'),
    )
    .leftJoin('people as sayer', 'sayer.id', 's.saidBy')
    .select(['i.territoryId', 'i.id', 'i.missionId', 'i.kind', 'i.happenedAt'])
    .select(['i.side', 'i.reportedAt', 'by.name as byName'])
    .select(['s.step', 's.doneAt', 'sayer.name as sayerName'])
    .where('i.territoryId', '=', territoryId)
    .orderBy('i.happenedAt', 'desc')
    .orderBy('i.id')
    .orderBy('s.doneAt')
}

type Row = Awaited<ReturnType<ReturnType<typeof incidentRows>['execute']>>[number]

function incidentsFrom(rows: Row[]): Incident[] {
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((own) => {
    const [row] = own
    const kind = incidentKinds.find((one) => one === row?.kind)
    if (!row || !kind) return []
    const { territoryId, id, missionId, happenedAt, byName, reportedAt } = row
    const said = { territoryId, id, missionId, kind, happenedAt, byName, reportedAt }
    return [{ ...said, side: row.side as Side, steps: own.flatMap(stepFrom) }]
  })
}

function stepFrom({ step: written, doneAt, sayerName }: Row): StepDone[] {
  const step = incidentSteps.find((one) => one === written)
  return step && doneAt ? [{ step, doneAt, byName: sayerName ?? '' }] : []
}
