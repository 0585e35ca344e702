import { type Cents, cents, type Minutes, minutes, sumCents, sumMinutes } from '#kit'
import { minutesOf, type ProposedLine } from './lines.ts'

/** What one association has in a split, without the rest. */
export type Given = {
  associationId: string
  associationName: string
  cashCents: Cents
  minutes: Minutes
  totalCents: Cents
}

/** Signed: what an association has more, or less, in the second split. */
export type Change = Given

export function givenIn(lines: ProposedLine[]): Given[] {
  return lines.map((line) => {
    const { associationId, associationName, cashCents, totalCents } = line
    return { associationId, associationName, cashCents, minutes: minutesOf(line), totalCents }
  })
}

/** The association that loses most comes first; those that have the same are left out. */
export function changesBetween(before: Given[], after: Given[]): Change[] {
  const all = new Map([...after, ...before].map((one) => [one.associationId, one]))
  const first = new Map(before.map((one) => [one.associationId, one]))
  const second = new Map(after.map((one) => [one.associationId, one]))
  return [...all.values()]
    .map(({ associationId, associationName }) => {
      const [a, b] = [first.get(associationId), second.get(associationId)]
      return {
        associationId,
        associationName,
        cashCents: cents((b?.cashCents ?? 0n) - (a?.cashCents ?? 0n)),
        minutes: minutes((b?.minutes ?? 0n) - (a?.minutes ?? 0n)),
        totalCents: cents((b?.totalCents ?? 0n) - (a?.totalCents ?? 0n)),
      }
    })
    .filter((one) => one.cashCents !== 0n || one.minutes !== 0n)
    .sort((a, b) => Number(a.totalCents - b.totalCents))
}

/** Who loses on the whole, who gains, and what all of them have more or less together. */
export function sumsOf(changes: Change[]) {
  return {
    losers: changes.filter(({ totalCents }) => totalCents < 0n),
    others: changes.filter(({ totalCents }) => totalCents >= 0n).reverse(),
    cashCents: sumCents(changes.map(({ cashCents }) => cashCents)),
    minutes: sumMinutes(changes.map((one) => one.minutes)),
  }
}
