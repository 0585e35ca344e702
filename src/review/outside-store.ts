import { sql } from 'kysely'
import { day, newId } from '#kit'
import type { Tx } from '#platform'
import type { AnswerInput, OutsideInput, OutsideRequest, Verdict } from './outside-rules.ts'

type Key = { territoryId: string; applicationId: string }

export async function insertRequest(
  tx: Tx,
  key: Key,
  asked: OutsideInput & { answerBy: string; secretSha256: string; askedBy: string; askedAt: Date },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('outsideRequests')
    .values({ ...key, ...asked, id })
    .execute()
  return id
}

/** Every request of this file, the oldest first. */
export async function requestsOf(
  tx: Tx,
  { territoryId, applicationId }: Key,
): Promise<OutsideRequest[]> {
  const { rows } = await selectRequests({ territoryId, applicationId }).execute(tx)
  return rows.map(requestFrom)
}

/** The request behind a secret, whatever its state. */
export async function requestOfSecret(
  tx: Tx,
  territoryId: string,
  secretSha256: string,
): Promise<OutsideRequest | undefined> {
  const { rows } = await selectWhere(territoryId, sql`r.secret_sha256 = ${secretSha256}`).execute(
    tx,
  )
  return rows[0] && requestFrom(rows[0])
}

export function selectRequests({ territoryId, applicationId }: Key) {
  return selectWhere(territoryId, sql`r.application_id = ${applicationId}`)
}

type Row = Omit<OutsideRequest, 'answerBy' | 'withdrawnAt' | 'answer' | 'answersCount'> & {
  answerBy: string
  withdrawnAt: Date | null
  verdict: Verdict | null
  words: string | null
  hasInterest: boolean | null
  givenAt: Date | null
  answersCount: number | null
}

/** A mailbox is a person: an interest declared under it sets aside what is answered from it. */
function selectWhere(territoryId: string, which: ReturnType<typeof sql>) {
  return sql<Row>`
    select r.id, r.application_id, r.recipient, r.recipient_name, r.capacity, r.question, r.answer_by,
      r.shows_project, r.shows_needs, r.shows_amounts, r.asked_by, asker.name as asked_by_name, r.asked_at,
      w.withdrawn_at, o.verdict, o.words, o.has_interest, o.given_at, o.rank::int as answers_count,
      (exists (select from outside_opinions i where i.territory_id = r.territory_id
          and i.request_id = r.id and i.has_interest)
        or exists (select from declared_interests d join people p on p.id = d.person_id
          join applications a on a.territory_id = d.territory_id and a.association_id = d.association_id
          where d.territory_id = r.territory_id and a.id = r.application_id
            and lower(p.email) = lower(r.recipient))) as is_recused
    from outside_requests r
    join people asker on asker.id = r.asked_by
    left join outside_withdrawals w on w.territory_id = r.territory_id and w.request_id = r.id
    left join lateral (
      select * from outside_opinions o where o.territory_id = r.territory_id and o.request_id = r.id
      order by o.rank desc limit 1
    ) o on true
    where r.territory_id = ${territoryId} and ${which}
    order by r.asked_at, r.id`
}

export function requestFrom(row: Row): OutsideRequest {
  const { verdict, words, hasInterest, givenAt, answersCount, withdrawnAt, ...request } = row
  return {
    ...request,
    answerBy: day(request.answerBy),
    withdrawnAt: withdrawnAt ?? undefined,
    answersCount: answersCount ?? 0,
    answer: givenAt
      ? {
          verdict: verdict ?? undefined,
          words: words ?? '',
          hasInterest: hasInterest === true,
          givenAt,
        }
      : undefined,
  }
}

export async function insertOutsideAnswer(
  tx: Tx,
  key: { territoryId: string; requestId: string; rank: number },
  { verdict, words, hasInterest }: AnswerInput,
  givenAt: Date,
): Promise<void> {
  await tx
    .insertInto('outsideOpinions')
    .values({ ...key, verdict: verdict ?? null, words, hasInterest, givenAt })
    .execute()
}

export async function insertWithdrawal(
  tx: Tx,
  row: { territoryId: string; requestId: string; withdrawnBy: string; withdrawnAt: Date },
): Promise<void> {
  await tx.insertInto('outsideWithdrawals').values(row).execute()
}

/** Whether this mailbox belongs to somebody who may have no part in the file: tied to it, or of it. */
export async function isTiedMailbox(
  tx: Tx,
  key: { territoryId: string; associationId: string },
  recipient: string,
): Promise<boolean> {
  const { rows } = await sql<{ isTied: boolean }>`
    select exists (
      select from people p where lower(p.email) = lower(${recipient}) and (
        exists (select from declared_interests d where d.territory_id = ${key.territoryId}
          and d.person_id = p.id and d.association_id = ${key.associationId})
        or exists (select from memberships m where m.person_id = p.id
          and m.organisation_id = ${key.associationId} and m.ended_at is null))
    ) as is_tied`.execute(tx)
  return rows[0]?.isTied === true
}
