import { type Day, type Minutes, minutes } from '#kit'
import { familiesOfOccupation } from './occupations.ts'
import { lawfulMinutes, type Opening, type Rhythm, rhythmOf, type Seeker, turnOf } from './sides.ts'
import type { Turn } from './weights.ts'

/** Both sides with what a million pairs would otherwise count again each time. */
export type Side<Known> = Known & { point: Point | undefined; turn: Turn }
export type PreparedSeeker = Side<Seeker> & { fields: readonly string[] }
export type PreparedOpening = Side<Opening> & {
  isOver: boolean
  rhythm: Rhythm
  /** What the law leaves for other missions once this one is worked; negative when it cannot be. */
  spareMinutes: Minutes
}

/** On the unit sphere: the distance of two is one product. */
type Point = { x: number; y: number; z: number }

export function preparedSeeker(seeker: Seeker): PreparedSeeker {
  return {
    ...seeker,
    point: pointOf(seeker.spot),
    turn: turnOf(seeker.turns),
    fields: familiesOfOccupation(seeker.occupation),
  }
}

export function preparedOpening(opening: Opening, today: Day): PreparedOpening {
  const from = opening.startsOn > today ? opening.startsOn : today
  return {
    ...opening,
    point: pointOf(opening.spot),
    turn: turnOf(opening.turns),
    isOver: opening.endsOn < today,
    rhythm: rhythmOf(opening.agreedMinutes),
    spareMinutes: minutes(lawfulMinutes(from, opening.endsOn) - opening.agreedMinutes),
  }
}

function pointOf(spot: Seeker['spot']): Point | undefined {
  if (!spot) return undefined
  const latitude = (spot.latitude * Math.PI) / 180
  const longitude = (spot.longitude * Math.PI) / 180
  const ring = Math.cos(latitude)
  return { x: ring * Math.cos(longitude), y: ring * Math.sin(longitude), z: Math.sin(latitude) }
}

const EARTH_RADIUS_KM = 6371

/** As the crow flies, in whole kilometres; undefined while one side has not said where it is. */
export function kmBetween(one: Side<unknown>, other: Side<unknown>): number | undefined {
  if (!one.point || !other.point) return undefined
  const { x, y, z } = one.point
  const cosine = x * other.point.x + y * other.point.y + z * other.point.z
  return Math.round(EARTH_RADIUS_KM * Math.acos(Math.min(1, Math.max(-1, cosine))))
}
