import { families } from '#campaigns'
import { parseDay, type Refusal, refusal } from '#kit'
import type { Typed } from '#platform'
import { causes } from '#pledges'
import { isOccupation, rhythms, type Spot, type Wishes } from '../matching/index.ts'
import type { Details } from '../store/index.ts'

type Read<Asked> = { asked: Asked; refusals: Refusal[] }

/** Every answer may be left out: an empty field says nothing. */
export function wishesIn(typed: Typed): Read<Wishes> {
  const where = whereIn(typed)
  const refusals = [...where.refusals]
  const refuse = (code: string, field: string) => refusals.push(refusal(code, { field }))
  const dayIn = (field: string) => {
    const text = (typed[field] ?? '').trim()
    const on = parseDay(text)
    if (text !== '' && !on) refuse('matching:refused.day', field)
    return on
  }
  const [availableFrom, availableUntil] = [dayIn('availableFrom'), dayIn('availableUntil')]
  if (availableFrom && availableUntil && availableUntil < availableFrom)
    refuse('matching:refused.dayOrder', 'availableUntil')
  const reach = (typed.reachKm ?? '').trim()
  const reachKm = /^\d{1,3}$/.test(reach) ? Number(reach) : 0
  if (reach !== '' && (reachKm < 1 || reachKm > REACH_KM_MAX))
    refuse('matching:refused.reach', 'reachKm')
  const asked = {
    ...where.asked,
    families: families.filter((family) => typed[`family-${family}`] === 'yes'),
    occupation: isOccupation(typed.occupation) ? typed.occupation : undefined,
    causes: causes.filter((cause) => typed[`cause-${cause}`] === 'yes'),
    rhythm: rhythms.find((rhythm) => rhythm === typed.rhythm),
    isRemoteOnly: typed.isRemoteOnly === 'yes',
    reachKm: reach === '' ? undefined : reachKm,
    availableFrom,
    availableUntil,
  }
  return { asked, refusals }
}

const REACH_KM_MAX = 500

/** The same words back in the form. */
export function typedFrom(wishes: Wishes): Typed {
  const ticked = (kind: string, values: string[]) =>
    Object.fromEntries(values.map((value) => [`${kind}-${value}`, 'yes']))
  return {
    ...ticked('family', wishes.families),
    ...ticked('cause', wishes.causes),
    occupation: wishes.occupation ?? '',
    rhythm: wishes.rhythm ?? '',
    isRemoteOnly: wishes.isRemoteOnly ? 'yes' : '',
    postCode: wishes.postCode ?? '',
    spot: spotText(wishes.spot),
    reachKm: wishes.reachKm === undefined ? '' : String(wishes.reachKm),
    availableFrom: wishes.availableFrom ?? '',
    availableUntil: wishes.availableUntil ?? '',
  }
}

export function detailsIn(typed: Typed): Read<Details> {
  const { asked, refusals } = whereIn(typed)
  const details = {
    ...asked,
    occupation: isOccupation(typed.occupation) ? typed.occupation : undefined,
    cause: causes.find((cause) => cause === typed.cause),
    place: (typed.place ?? '').trim().slice(0, PLACE_SIGNS_MAX),
  }
  return { asked: details, refusals }
}

const PLACE_SIGNS_MAX = 200

function whereIn(typed: Typed): Read<Pick<Details, 'postCode' | 'spot'>> {
  const refusals: Refusal[] = []
  const postCode = (typed.postCode ?? '').replace(/\s/g, '')
  if (postCode !== '' && !/^\d{5}$/.test(postCode))
    refusals.push(refusal('matching:refused.postCode', { field: 'postCode' }))
  const text = (typed.spot ?? '').trim()
  const spot = spotIn(text)
  if (text !== '' && !spot) refusals.push(refusal('matching:refused.spot', { field: 'spot' }))
  return { asked: { postCode: postCode === '' ? undefined : postCode, spot }, refusals }
}

/** `48.8541, 2.3643` as maps give it, or `48,85 2,36`; kept to a hundredth of a degree, about a kilometre. */
export function spotIn(text: string): Spot | undefined {
  const found = /^(-?\d{1,2}(?:[.,]\d+)?)\s*[;,\s]\s*(-?\d{1,3}(?:[.,]\d+)?)$/.exec(text)
  if (!found) return undefined
  const [latitude = 0, longitude = 0] = found
    .slice(1)
    .map((part) => Math.round(Number(part.replace(',', '.')) * 100) / 100)
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
    ? { latitude, longitude }
    : undefined
}

export function spotText(spot: Spot | undefined): string {
  return spot ? `${spot.latitude}, ${spot.longitude}` : ''
}
