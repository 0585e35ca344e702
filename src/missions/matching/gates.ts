import { kmBetween, type PreparedOpening, type PreparedSeeker } from './prepared.ts'

export type Gate = (typeof gates)[number]['name']

/**
 * What a mission must pass before it is put in order with others; each says why it is shut in words
 * (`matching:gate.<name>`), with its article where there is one. A gate is never bought back by points.
 */
export const gates = [
  // Hours come from one company: its employees alone may give them.
  { name: 'company', shuts: (seeker, opening) => seeker.companyId !== opening.companyId },
  { name: 'over', shuts: (_, { isOver }) => isOver },
  // C. trav. art. L.8241-3: bodies of CGI art. 238 bis, 1, a to g alone.
  { name: 'eligibility', shuts: (_, { isEligible }) => !isEligible },
  { name: 'period', shuts: isElsewhen },
  {
    name: 'place',
    shuts: ({ isRemoteOnly }, { modality }) => isRemoteOnly && modality !== 'remote',
  },
  { name: 'distance', shuts: isTooFar },
  { name: 'excludedCause', shuts: (_, { isExcluded }) => isExcluded },
  { name: 'yearlyPolicy', shuts: ({ given }, { givenMax }) => given > givenMax },
  // C. trav. art. L.3121-18, L.3121-20, L.3121-22, L.3132-1: as far as METIS sees.
  { name: 'workingTime', shuts: ({ committed }, { spare }) => committed > spare },
] as const satisfies { name: string; shuts: Shuts }[]

type Shuts = (seeker: PreparedSeeker, opening: PreparedOpening) => boolean

/** The first gate that shuts; undefined when the mission is open to this person. */
export function gateShut(seeker: PreparedSeeker, opening: PreparedOpening): Gate | undefined {
  for (const { name, shuts } of gates) if (shuts(seeker, opening)) return name
  return undefined
}

function isElsewhen(seeker: PreparedSeeker, opening: PreparedOpening): boolean {
  const { availableFrom, availableUntil } = seeker
  if (availableFrom && availableFrom > opening.endsOn) return true
  return availableUntil !== undefined && availableUntil < opening.startsOn
}

function isTooFar(seeker: PreparedSeeker, opening: PreparedOpening): boolean {
  if (seeker.reachKm === undefined || opening.modality === 'remote') return false
  return (kmBetween(seeker, opening) ?? 0) > seeker.reachKm
}
