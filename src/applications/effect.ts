import { type Cents, cents, type Minutes } from '#kit'

/** What the fall of the envelope means for one association, and what its hours would weigh. */
export type Effect = {
  baselineCents: Cents
  envelopeCents: Cents
  lastYearCents: Cents
  /** Its share of the fall if everyone's grant fell alike; zero when the envelope does not fall. */
  fallCents: Cents
  askedMinutes: Minutes
  /** Hours at the season's reference value: indicative, never added to euros in an act (DOMAIN 8.5). */
  indicativeCents: Cents
  /** Share of the fall that those hours would weigh. */
  percent: number | undefined
}

export function effectOf(known: {
  baselineCents: Cents
  lastYearCents: Cents
  envelopeCents: Cents
  askedMinutes: Minutes
  referenceHourlyCents: Cents
}): Effect {
  const { baselineCents, lastYearCents, envelopeCents, askedMinutes, referenceHourlyCents } = known
  const falls = lastYearCents > 0n && envelopeCents < lastYearCents
  const keptCents = falls ? (baselineCents * envelopeCents) / lastYearCents : baselineCents
  const fallCents = cents(baselineCents - keptCents)
  const indicativeCents = cents((askedMinutes * referenceHourlyCents) / 60n)
  return {
    baselineCents,
    envelopeCents,
    lastYearCents,
    fallCents,
    askedMinutes,
    indicativeCents,
    percent: fallCents > 0n ? Number((indicativeCents * 100n) / fallCents) : undefined,
  }
}
