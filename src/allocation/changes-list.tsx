import { type Cents, cents, formatEuros, formatHours, type Minutes, minutes } from '#kit'
import { type Change, sumsOf } from './changes.ts'
import type { Words } from './words.ts'

/** Of more changes than these, the rest is folded away. */
const SHOWN_MAX = 8

/** Who loses, who gains, and how much: in words, which colour only repeats. */
export function ChangesList({ changes, words }: { changes: Change[]; words: Words }) {
  const { say } = words
  const { losers, others, ...sums } = sumsOf(changes)
  if (changes.length === 0) return <p class="ds-paragraph">{say('scenarios:change.nobody')}</p>
  return (
    <>
      <p class="ds-paragraph">
        <b>
          {say('scenarios:change.losers', { count: losers.length })}{' '}
          {say('scenarios:change.gainers', { count: others.length })}
        </b>{' '}
        {say('scenarios:change.inAll')} <Difference change={sums} words={words} />
      </p>
      <Part changes={losers} words={words} />
      <Part changes={others} words={words} />
    </>
  )
}

function Part({ changes, words }: { changes: Change[]; words: Words }) {
  const items = (some: Change[]) => (
    <ul class="ds-list">
      {some.map((change) => (
        <li>
          {change.associationName} <Difference change={change} words={words} />
        </li>
      ))}
    </ul>
  )
  const rest = changes.slice(SHOWN_MAX)
  return (
    <>
      {changes.length > 0 && items(changes.slice(0, SHOWN_MAX))}
      {rest.length > 0 && (
        <details>
          <summary>{words.say('scenarios:change.more', { count: rest.length })}</summary>
          {items(rest)}
        </details>
      )}
    </>
  )
}

type Signed = { cashCents: Cents; minutes: Minutes }

/** `perd 1 200 €, gagne 3 h`: euros and hours each by itself, never added. */
export function Difference({ change, words }: { change: Signed | undefined; words: Words }) {
  const { say, language } = words
  const { cashCents = 0n, minutes: spent = 0n } = change ?? {}
  const parts = [
    { value: cashCents, text: formatEuros(cents(size(cashCents)), language) },
    { value: spent, text: formatHours(minutes(size(spent)), language) },
  ].filter(({ value }) => value !== 0n)
  if (parts.length === 0) return <>{say('scenarios:change.same')}</>
  return (
    <>
      {parts.map(({ value, text }, rank) => (
        <>
          {rank > 0 && ', '}
          <span class={value < 0n ? 'loss' : 'gain'}>
            {say(value < 0n ? 'scenarios:change.loses' : 'scenarios:change.gains', { text })}
          </span>
        </>
      ))}
    </>
  )
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value
}
