import { sql } from 'kysely'
import type { Campaign } from '#campaigns'
import { type Minutes, minutes, sumMinutes } from '#kit'
import type { AccountKind } from '#ledger'
import { askedOnce, type Tx, together } from '#platform'

/** Where a season stands, in figures; what its tasks count is read with them, in one question. */
export type SeasonFigures = {
  hasBaselines: boolean
  /** Pledges that wait for the commune's word. */
  submittedPledges: number
  depositedFiles: number
  /** What the accounts of these kinds hold together. */
  hoursIn: (...kinds: AccountKind[]) => Minutes
}

export async function seasonFiguresOf(
  tx: Tx,
  { territoryId, id }: Campaign,
): Promise<SeasonFigures> {
  const told = await askedOnce(tx, `season figures ${id}`, () =>
    together(tx, {
      counts: sql<{ hasBaselines: boolean; submitted: number; deposited: number }>`
        select exists (select 1 from baselines where territory_id = ${territoryId}) as has_baselines,
          (select count(*) from pledges p
            where p.territory_id = ${territoryId} and p.campaign_id = ${id}
              and not exists (select 1 from pledge_confirmations c
                where c.territory_id = p.territory_id and c.pledge_id = p.id)
              and not exists (select 1 from pledge_withdrawals w
                where w.territory_id = p.territory_id and w.pledge_id = p.id)
              and not exists (select 1 from pledge_expiries x
                where x.territory_id = p.territory_id and x.pledge_id = p.id)) as submitted,
          (select count(*) from applications a
            join application_deposits d on d.territory_id = a.territory_id and d.application_id = a.id
            where a.territory_id = ${territoryId} and a.campaign_id = ${id}) as deposited`,
      held: sql<{ kind: string; held: string }>`
        select a.kind, sum(l.balance_after)::text as held
        from ledger_accounts a
        cross join lateral (
          select balance_after from ledger_lines l
          where l.territory_id = a.territory_id and l.account_id = a.id
          order by l.account_rank desc limit 1) l
        where a.territory_id = ${territoryId} and a.campaign_id = ${id} and a.book = 'hours'
        group by a.kind`,
    }),
  )
  const [counts] = told.counts
  return {
    hasBaselines: counts?.hasBaselines ?? false,
    submittedPledges: counts?.submitted ?? 0,
    depositedFiles: counts?.deposited ?? 0,
    hoursIn: (...kinds) => {
      const held = told.held.filter(({ kind }) => kinds.some((asked) => asked === kind))
      return sumMinutes(held.map((one) => minutes(BigInt(one.held))))
    },
  }
}
