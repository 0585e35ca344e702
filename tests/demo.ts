import type { House } from '#web'
import { settle } from './cast.ts'

/** The demo is the cast, playing its season through the same actions as everyone. */
export async function playDemo(house: House): Promise<void> {
  await settle(house.db)
}
