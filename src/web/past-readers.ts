import { type RawBuilder, sql } from 'kysely'
import { cents, day, minutes } from '#kit'
import type { Place } from '#people'
import { together } from '#platform'
import type { PastGrant } from '#review'
import { selectImportedGrants } from '#territory'

type Asked = { associationId: string; before: number }

/** The latest year first; a year voted here and imported too is shown under both sources, never added. */
export async function pastGrantsOf({ tx, territory }: Place, asked: Asked): Promise<PastGrant[]> {
  const { imported, voted } = await together(tx, {
    imported: selectImportedGrants(tx, territory.id, asked),
    voted: votedBefore(territory.id, asked),
  })
  const grants = [...voted.map(fromVote), ...imported.map(fromFile)]
  return grants.sort((a, b) => b.year - a.year)
}

type Imported = {
  year: number
  purpose: string
  fileName: string | null
  amountCents: string
  requestedCents: string | null
}

function fromFile(row: Imported): PastGrant {
  const { year, purpose, fileName, requestedCents, amountCents } = row
  return {
    year,
    purpose,
    source: fileName === null ? { kind: 'typed' } : { kind: 'file', name: fileName },
    cash: {
      decided: cents(BigInt(amountCents)),
      ...(requestedCents === null ? {} : { asked: cents(BigInt(requestedCents)) }),
    },
    hours: undefined,
  }
}

type Voted = {
  year: number
  number: string
  heldOn: string
  purpose: string
  askedCents: string | null
  askedMinutes: string
  proposedCents: string | null
  proposedMinutes: string | null
  decidedCents: string
  decidedMinutes: string
  paidCents: string
}

/** What the council voted, with what had been asked and proposed then, and what was paid since. */
function votedBefore(territoryId: string, { associationId, before }: Asked): RawBuilder<Voted> {
  return sql`
    select c.year, d.number, d.held_on, f.project_title as purpose, f.asked_cents::text as asked_cents,
      (select coalesce(sum(n.max_minutes), 0)::text from application_needs n
        where n.territory_id = a.territory_id and n.application_id = a.application_id) as asked_minutes,
      line ->> 'cashCents' as proposed_cents,
      (select coalesce(sum((given ->> 'minutes')::bigint), 0)::text
        from jsonb_array_elements(line -> 'hours') given) as proposed_minutes,
      (case when a.is_adopted then a.cash_cents else 0 end)::text as decided_cents,
      (select coalesce(sum(h.awarded_minutes), 0)::text from award_hours h
        where h.territory_id = a.territory_id and h.award_id = a.id) as decided_minutes,
      (select coalesce(sum(p.paid_cents), 0)::text from payments p
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
    order by c.year desc, d.held_on desc`
}

function fromVote(row: Voted): PastGrant {
  const { year, purpose, number, heldOn, proposedCents, proposedMinutes } = row
  return {
    year,
    purpose,
    source: { kind: 'vote', number, heldOn: day(heldOn) },
    cash: {
      asked: cents(BigInt(row.askedCents ?? 0)),
      ...(proposedCents === null ? {} : { proposed: cents(BigInt(proposedCents)) }),
      decided: cents(BigInt(row.decidedCents)),
      paid: cents(BigInt(row.paidCents)),
    },
    hours: {
      asked: minutes(BigInt(row.askedMinutes)),
      // No line, no proposal: not zero hours.
      ...(proposedCents === null ? {} : { proposed: minutes(BigInt(proposedMinutes ?? 0)) }),
      decided: minutes(BigInt(row.decidedMinutes)),
    },
  }
}
