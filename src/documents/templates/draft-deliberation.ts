import type { Cents } from '#kit'

/** One text that the council is asked to vote; a grant without conditions may be a line of a state. */
export type DraftDeliberation = {
  title: string
  visas: string
  considering: string[]
  decides: string[]
  /** CGCT art. L.1612-25: beneficiary, object and amount, annexed. */
  state: { association: string; identifier: string; object: string; amountCents: Cents }[]
  /** Members who take no part in this text. */
  recused: string[]
}
