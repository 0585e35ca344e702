import type { Context } from 'hono'
import { found, type PlaceEnv } from '#people'
import { partyOf } from './actions/agreement.ts'
import { type Award, awardById } from './store.ts'

/** An association opens its own line only, and only once it has been told. */
export async function awardOfPath(context: Context<PlaceEnv>): Promise<Award> {
  const place = context.get('place')
  const id = context.req.param('awardId') ?? ''
  const award = found(await awardById(place.tx, place.territory.id, id))
  const party = partyOf(place, award)
  return found(party === 'municipality' || award.notifiedAt ? award : undefined)
}
