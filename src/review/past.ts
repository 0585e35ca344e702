import type { Cents, Day, Minutes } from '#kit'

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
