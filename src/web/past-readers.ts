import { sql } from 'kysely'
import { cents, day, minutes } from '#kit'
import type { Place } from '#people'
import type { PastGrant } from '#review'

type Row = {
  year: number
  number: string
  heldOn: string
  purpose: string
  askedCents: bigint | null
  askedMinutes: bigint
  proposedCents: string | null
  proposedMinutes: string | null
  decidedCents: string
  decidedMinutes: bigint
  paidCents: bigint
}

/**
 * What the council voted for one association in the seasons before, with what had been asked and
 * proposed then, and what was paid since. One question.
 */
export async function votedBefore(
  { tx, territory: { id: territoryId } }: Place,
  { associationId, before }: { associationId: string; before: number },
): Promise<PastGrant[]> {
  const { rows } = await sql<Row>`
    select c.year, d.number, d.held_on, f.project_title as purpose, f.asked_cents,
      (select coalesce(sum(n.max_minutes), 0)::bigint from application_needs n
        where n.territory_id = a.territory_id and n.application_id = a.application_id) as asked_minutes,
      line ->> 'cashCents' as proposed_cents,
      (select coalesce(sum((given ->> 'minutes')::bigint), 0)::text
        from jsonb_array_elements(line -> 'hours') given) as proposed_minutes,
      (case when a.is_adopted then a.cash_cents else 0 end)::text as decided_cents,
      (select coalesce(sum(h.awarded_minutes), 0)::bigint from award_hours h
        where h.territory_id = a.territory_id and h.award_id = a.id) as decided_minutes,
      (select coalesce(sum(p.paid_cents), 0)::bigint from payments p
        where p.territory_id = a.territory_id and p.award_id = a.id) as paid_cents
    from awards a
    join campaigns c on c.territory_id = a.territory_id and c.id = a.campaign_id
    join deliberations d on d.territory_id = a.territory_id and d.id = a.deliberation_id
    join applications f on f.territory_id = a.territory_id and f.id = a.application_id
    left join scenarios s on s.territory_id = a.territory_id and s.id = d.scenario_id
    left join lateral (
      select given from jsonb_array_elements(s.result -> 'lines') given
      where given ->> 'associationId' = a.association_id::text limit 1
    ) proposed (line) on true
    where a.territory_id = ${territoryId} and a.association_id = ${associationId} and c.year < ${before}
    order by c.year desc, d.held_on desc`.execute(tx)
  return rows.map(grantFrom)
}

function grantFrom(row: Row): PastGrant {
  const { year, purpose, number, heldOn, proposedCents, proposedMinutes } = row
  return {
    year,
    purpose,
    source: { kind: 'vote', number, heldOn: day(heldOn) },
    cash: {
      asked: cents(row.askedCents ?? 0n),
      ...(proposedCents === null ? {} : { proposed: cents(BigInt(proposedCents)) }),
      decided: cents(BigInt(row.decidedCents)),
      paid: cents(row.paidCents),
    },
    hours: {
      asked: minutes(row.askedMinutes),
      // No line, no proposal: not zero hours.
      ...(proposedCents === null ? {} : { proposed: minutes(BigInt(proposedMinutes ?? 0)) }),
      decided: minutes(row.decidedMinutes),
    },
  }
}
