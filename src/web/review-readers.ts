import { sql } from 'kysely'
import type { Campaign } from '#campaigns'
import { cents, minutes } from '#kit'
import type { Place } from '#people'
import type { ReviewReaders, Shared } from '#review'
import { pastGrantsOf } from './past-readers.ts'

/**
 * Review comes before the rooms that propose and decide: what the scenario put to the council gives
 * each file, and what the council decided, is told to it from here. One question, however many files.
 */
export const reviewReaders: ReviewReaders = {
  sharesOf: async (place, campaign) => {
    const shares = new Map<string, Shared>()
    for (const { applicationId, kind, ...share } of await sharesIn(place, campaign))
      shares.set(applicationId, { ...shares.get(applicationId), [kind]: shareFrom(share) })
    return shares
  },
  pastGrantsOf,
}

type Sums = { cashCents: string | bigint; hoursMinutes: string | bigint }

function shareFrom({ cashCents, hoursMinutes }: Sums) {
  return { cents: cents(BigInt(cashCents)), minutes: minutes(BigInt(hoursMinutes)) }
}

type ShareRow = { applicationId: string; kind: 'proposed' | 'decided' } & Sums

async function sharesIn({ tx }: Place, { territoryId, id }: Campaign): Promise<ShareRow[]> {
  const { rows } = await sql<ShareRow>`
    select 'proposed' as kind, a.id as application_id, line ->> 'cashCents' as cash_cents,
      (select coalesce(sum((given ->> 'minutes')::bigint), 0)
        from jsonb_array_elements(line -> 'hours') given)::text as hours_minutes
    from (
      select scenario_id from proposals
      where territory_id = ${territoryId} and campaign_id = ${id} order by rank desc limit 1
    ) p
    join scenarios s on s.territory_id = ${territoryId} and s.id = p.scenario_id
    cross join lateral jsonb_array_elements(s.result -> 'lines') line
    join applications a on a.territory_id = ${territoryId} and a.campaign_id = ${id}
      and a.association_id = (line ->> 'associationId')::uuid
    union all
    select 'decided', a.application_id, (case when a.is_adopted then a.cash_cents else 0 end)::text as cash_cents,
      coalesce(h.given, 0)::text as hours_minutes
    from awards a
    left join (
      select award_id, sum(awarded_minutes) as given from award_hours
      where territory_id = ${territoryId} group by 1
    ) h on h.award_id = a.id
    where a.territory_id = ${territoryId} and a.campaign_id = ${id}`.execute(tx)
  return rows
}
