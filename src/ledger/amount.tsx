import { cents, minutes } from '#kit'
import { Euros, Hours, type Language } from '#platform'
import type { Book } from './rules.ts'

/** What an account holds, in the unit of its book. */
export function Amount(shown: { book: Book; amount: bigint; language: Language }) {
  const { book, amount, language } = shown
  return book === 'hours' ? (
    <Hours value={minutes(amount)} language={language} />
  ) : (
    <Euros value={cents(amount)} language={language} />
  )
}
