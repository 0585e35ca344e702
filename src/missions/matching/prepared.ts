import type { Day } from '#kit'
import { familiesOfOccupation } from './occupations.ts'
import { lawfulMinutes, type Opening, type Rhythm, rhythmOf, type Seeker, turnOf } from './sides.ts'
import type { Turn } from './weights.ts'

/**
 * Both sides as a million pairs read them: what is the same for each is counted once, and every object
 * has the same fields in the same order, which is what makes reading them quick.
 */
type Placed = { postCode: string | undefined; point: Point | undefined; turn: Turn }
type Told<Known> = { [Name in keyof Required<Known>]: Known[Name] | undefined }

export type PreparedSeeker = Placed &
  Pick<Seeker, 'id' | 'companyId' | 'families' | 'causes' | 'isRemoteOnly'> &
  Told<Pick<Seeker, 'occupation' | 'rhythm' | 'reachKm' | 'availableFrom' | 'availableUntil'>> & {
    /** The families of the trade. */
    fields: readonly string[]
    /** In minutes: numbers, since two of them are compared a million times. */
    committed: number
    given: number
  }

export type PreparedOpening = Placed &
  Pick<
    Opening,
    'id' | 'companyId' | 'family' | 'modality' | 'agreedMinutes' | 'startsOn' | 'endsOn'
  > &
  Pick<Opening, 'isEligible' | 'policy'> &
  Told<Pick<Opening, 'occupation' | 'cause'>> & {
    isOver: boolean
    isExcluded: boolean
    isPreferred: boolean
    rhythm: Rhythm
    /** What the law leaves for other missions once this one is worked; negative when it cannot be. */
    spare: number
    /** What the person may have given this year before it, by the company's policy. */
    givenMax: number
  }

/** On the unit sphere: the distance of two is one product. */
type Point = { x: number; y: number; z: number }

export function preparedSeeker(seeker: Seeker): PreparedSeeker {
  return {
    id: seeker.id,
    companyId: seeker.companyId,
    families: seeker.families,
    causes: seeker.causes,
    isRemoteOnly: seeker.isRemoteOnly,
    occupation: seeker.occupation,
    rhythm: seeker.rhythm,
    reachKm: seeker.reachKm,
    availableFrom: seeker.availableFrom,
    availableUntil: seeker.availableUntil,
    postCode: seeker.postCode,
    point: pointOf(seeker.spot),
    turn: turnOf(seeker.turns),
    fields: familiesOfOccupation(seeker.occupation),
    committed: Number(seeker.committedMinutes),
    given: Number(seeker.yearMinutes),
  }
}

export function preparedOpening(opening: Opening, today: Day): PreparedOpening {
  const { cause, policy, agreedMinutes, startsOn, endsOn } = opening
  const { preferredCauses, excludedCauses, yearMinutesMax } = policy
  const lawful = lawfulMinutes(startsOn > today ? startsOn : today, endsOn)
  return {
    id: opening.id,
    companyId: opening.companyId,
    family: opening.family,
    modality: opening.modality,
    agreedMinutes,
    startsOn,
    endsOn,
    isEligible: opening.isEligible,
    policy,
    occupation: opening.occupation,
    cause,
    postCode: opening.postCode,
    point: pointOf(opening.spot),
    turn: turnOf(opening.turns),
    isOver: endsOn < today,
    isExcluded: cause !== undefined && excludedCauses.includes(cause),
    isPreferred: cause !== undefined && preferredCauses.includes(cause),
    rhythm: rhythmOf(agreedMinutes),
    spare: Number(lawful - agreedMinutes),
    givenMax:
      yearMinutesMax === undefined
        ? Number.POSITIVE_INFINITY
        : Number(yearMinutesMax - agreedMinutes),
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
export function kmBetween(one: Placed, other: Placed): number | undefined {
  if (!one.point || !other.point) return undefined
  const { x, y, z } = one.point
  const cosine = x * other.point.x + y * other.point.y + z * other.point.z
  return Math.round(EARTH_RADIUS_KM * Math.acos(Math.min(1, Math.max(-1, cosine))))
}
