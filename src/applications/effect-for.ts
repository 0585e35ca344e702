import type { Place } from '#people'
import type { Effect } from './effect.ts'
import type { Opened } from './views.ts'

export async function effectFor(_place: Place, _opened: Opened): Promise<Effect | undefined> {
  return undefined
}
