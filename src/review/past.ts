import type { Cents, Day, Minutes } from '#kit'
import type { Place } from '#people'
import { importedGrantsOf } from '#territory'
import type { ReviewReaders } from './table-view.ts'

/** What the commune gave this association in an earlier year, and where that is known from. */
export type PastGrant = {
  year: number
  purpose: string
  source: PastSource
  cash: Partial<Record<'asked' | 'proposed' | 'decided' | 'paid', Cents>>
  /** Undefined where no season of METIS was: files say nothing of hours. */
  hours: Partial<Record<'asked' | 'proposed' | 'decided', Minutes>> | undefined
}

export type PastSource =
  | { kind: 'file'; name: string }
  | { kind: 'typed' }
  | { kind: 'vote'; number: string; heldOn: Day }

/** The latest year first; a year voted here and imported too is shown under both sources, never added. */
export async function pastGrantsOf(
  place: Place,
  readers: ReviewReaders,
  asked: { associationId: string; before: number },
): Promise<PastGrant[]> {
  const imported = await importedGrantsOf(place.tx, place.territory.id, asked)
  const voted = await readers.votedBefore(place, asked)
  const grants = imported.map(
    ({ year, purpose, fileName, requestedCents, amountCents }): PastGrant => ({
      year,
      purpose,
      source: fileName === undefined ? { kind: 'typed' } : { kind: 'file', name: fileName },
      cash: {
        decided: amountCents,
        ...(requestedCents === undefined ? {} : { asked: requestedCents }),
      },
      hours: undefined,
    }),
  )
  return [...voted, ...grants].sort((a, b) => b.year - a.year)
}
