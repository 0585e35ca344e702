import { newId } from '#kit'
import type { Tx } from '#platform'
import type { Answers, Form } from './answers.ts'
import { type CerfaSection, isCerfaSection } from './fields.ts'
import type { Point } from './registry/companies.ts'
import type { Outcome, RegistryCheck, RegistrySource } from './registry/registry.ts'
import { FORM_VERSION, readStored } from './stored.ts'

type Key = { territoryId: string; id: string }

export async function formOf(tx: Tx, key: Key): Promise<Form> {
  return formFrom(await selectAnswers(tx, key).execute())
}

export function selectAnswers(tx: Tx, { territoryId, id }: Key) {
  return tx
    .selectFrom('applicationAnswers')
    .select(['section', 'answers'])
    .where('territoryId', '=', territoryId)
    .where('applicationId', '=', id)
}

type AnswersRow = Awaited<ReturnType<ReturnType<typeof selectAnswers>['execute']>>[number]

export function formFrom(rows: AnswersRow[]): Form {
  const parts = rows.flatMap(({ section, answers }): [CerfaSection, Answers][] =>
    isCerfaSection(section) ? [[section, readStored(section, answers)]] : [],
  )
  return Object.fromEntries(parts)
}

/** The whole part as it stands from now; whoever writes holds the file (`lockApplication`). */
export async function keepAnswers(
  tx: Tx,
  { territoryId, id }: Key,
  { section, answers }: { section: CerfaSection; answers: Answers },
  saved: { at: Date; personId: string },
): Promise<void> {
  const row = {
    version: FORM_VERSION,
    answers: JSON.stringify(answers),
    savedAt: saved.at,
    savedBy: saved.personId,
  }
  await tx
    .insertInto('applicationAnswers')
    .values({ territoryId, applicationId: id, section, ...row })
    .onConflict((conflict) =>
      conflict.columns(['territoryId', 'applicationId', 'section']).doUpdateSet(row),
    )
    .execute()
}

export async function insertCheck(
  tx: Tx,
  { territoryId, id }: Key,
  asked: { identifier: string; at: Date; personId: string },
): Promise<void> {
  const { identifier, at, personId } = asked
  const row = { territoryId, id: newId(), applicationId: id, identifier }
  await tx
    .insertInto('registryChecks')
    .values({ ...row, askedBy: personId, askedAt: at })
    .execute()
}

export async function insertRegistryAnswer(
  tx: Tx,
  { territoryId, id }: Key,
  answer: {
    source: RegistrySource
    outcome: Outcome
    given: Record<string, string>
    point?: Point | undefined
    at: Date
  },
): Promise<void> {
  const { source, outcome, given, point, at } = answer
  const key = { territoryId, checkId: id, source }
  const { count } = await tx
    .selectFrom('registryAnswers')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('territoryId', '=', territoryId)
    .where('checkId', '=', id)
    .where('source', '=', source)
    .executeTakeFirstOrThrow()
  const row = { ...key, rank: Number(count) + 1, outcome, given: JSON.stringify(given) }
  await tx
    .insertInto('registryAnswers')
    .values({
      ...row,
      latitude: point?.latitude ?? null,
      longitude: point?.longitude ?? null,
      answeredAt: at,
    })
    // Two workers asked at once: the first to write it is enough.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What this file had looked up, the latest first, with all that the registers said. */
export async function checksOf(tx: Tx, key: Key): Promise<RegistryCheck[]> {
  return checksFrom(await selectChecks(tx, key).execute())
}

export function selectChecks(tx: Tx, { territoryId, id }: Key) {
  return selectChecksWhere(tx, territoryId, { applicationId: id })
}

/** Every look-up of this commune since that day, whether answered or not. */
export async function checksSince(
  tx: Tx,
  territoryId: string,
  since: Date,
): Promise<RegistryCheck[]> {
  return checksFrom(await selectChecksWhere(tx, territoryId, { since }).execute())
}

function selectChecksWhere(
  tx: Tx,
  territoryId: string,
  asked: { applicationId: string } | { since: Date },
) {
  let query = tx
    .selectFrom('registryChecks as c')
    .leftJoin('registryAnswers as a', (join) =>
      join.onRef('a.territoryId', '=', 'c.territoryId').onRef('a.checkId', '=', 'c.id'),
    )
    .select(['c.id', 'c.applicationId', 'c.identifier', 'c.askedAt'])
    .select(['a.source', 'a.outcome', 'a.given', 'a.answeredAt'])
    .where('c.territoryId', '=', territoryId)
  query =
    'since' in asked
      ? query.where('c.askedAt', '>', asked.since)
      : query.where('c.applicationId', '=', asked.applicationId)
  return query.orderBy('c.askedAt', 'desc').orderBy('c.id', 'desc').orderBy('a.rank')
}

type CheckRow = Awaited<ReturnType<ReturnType<typeof selectChecksWhere>['execute']>>[number]

export function checksFrom(rows: CheckRow[]): RegistryCheck[] {
  const checks = new Map<string, RegistryCheck>()
  for (const { id, applicationId, identifier, askedAt, ...row } of rows) {
    const check = checks.get(id) ?? { id, applicationId, identifier, askedAt, answers: [] }
    checks.set(id, check)
    const { source, outcome, answeredAt } = row
    if (isSource(source) && isOutcome(outcome) && answeredAt)
      check.answers.push({ source, outcome, given: textsIn(row.given), at: answeredAt })
  }
  return [...checks.values()]
}

function isSource(text: string | null): text is RegistrySource {
  return text === 'companies' || text === 'associations'
}

function isOutcome(text: string | null): text is Outcome {
  return text === 'found' || text === 'unknown' || text === 'unreadable' || text === 'silent'
}

function textsIn(given: object | null): Record<string, string> {
  const pairs = Object.entries(given ?? {}).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(pairs)
}
