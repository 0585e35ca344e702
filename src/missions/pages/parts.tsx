import type { Child } from 'hono/jsx'
import { formatDay, formatHours, type Minutes, minutes } from '#kit'
import type { Place } from '#people'
import {
  CheckField,
  DayText,
  type Filled,
  Hours,
  SelectField,
  Submit,
  Tag,
  type TagColor,
  TextField,
} from '#platform'
import { type Entry, type EntryState, entryStateOf, type MissionState } from '../rules/index.ts'

const stateColors: Record<MissionState, TagColor> = {
  open: 'info',
  selected: 'warning',
  approved: 'warning',
  signing: 'warning',
  running: 'hours',
  complete: 'success',
  ended: 'neutral',
}

export function StateTag({ place, state }: { place: Place; state: MissionState }) {
  return <Tag color={stateColors[state]}>{place.say(`missions:state.${state}`)}</Tag>
}

const entryColors: Record<EntryState, TagColor> = {
  waiting: 'warning',
  confirmed: 'info',
  disputed: 'danger',
  stoodIn: 'info',
  approved: 'success',
  reversed: 'neutral',
}

/** What was entered, each line with its state in words. */
export function Entries({ place, entries }: { place: Place; entries: Entry[] }) {
  const { say } = place
  if (entries.length === 0) return <p class="ds-paragraph">{say('missions:hours.none')}</p>
  return (
    <ul class="todo">
      {entries.map((entry) => (
        <li>
          <EntryLine place={place} entry={entry} />
        </li>
      ))}
    </ul>
  )
}

function EntryLine({ place, entry }: { place: Place; entry: Entry }) {
  const { say, language } = place
  const state = entryStateOf(entry)
  return (
    <>
      <span>
        <b>
          <DayText value={entry.day} language={language} /> ·{' '}
          <Hours value={entry.workedMinutes} language={language} />
        </b>
        {entry.startsAt !== undefined && (
          <> {say('missions:hours.from', { start: clockOf(entry.startsAt) })}</>
        )}
        {entry.note && <> — {entry.note}</>}
        {entry.acknowledged.map((warning) => (
          <small class="hint"> {say(`missions:warning.${warning}`)}</small>
        ))}
        {entry.answer?.outcome === 'disputed' && (
          <small class="hint">
            {' '}
            {say('missions:hours.because', { reason: entry.answer.reason })}
          </small>
        )}
        {entry.stoodIn && (
          <small class="hint"> {say('missions:hours.because', { reason: entry.stoodIn })}</small>
        )}
        {entry.reversal && (
          <small class="hint">
            {' '}
            {say('missions:hours.because', { reason: entry.reversal.reason })}
          </small>
        )}
      </span>
      <Tag color={entryColors[state]}>{say(`missions:entry.${state}`)}</Tag>
    </>
  )
}

/** `09:30`, as a clock shows it in both languages. */
function clockOf(startsAt: Minutes): string {
  const [hours, past] = [startsAt / 60n, startsAt % 60n]
  return [hours, past].map((part) => String(part).padStart(2, '0')).join(':')
}

/** "All is right" in one button; a line that is not has its own form below. */
export function AnswerForms({
  place,
  entries,
  filled,
  action,
}: {
  place: Place
  entries: Entry[]
  filled: Filled
  action: string
}) {
  const { say, language } = place
  const choices = entries.map((entry) => ({
    value: entry.id,
    label: `${formatDay(entry.day, language)} · ${formatHours(entry.workedMinutes, language)}`,
  }))
  return (
    <div class="stack">
      <form method="post" action={`${action}/confirmations`}>
        <input type="hidden" name="entries" value={idsOf(entries)} />
        <Submit>{say('missions:confirm.all')}</Submit>
      </form>
      <details class="ds-details" open={filled.typed.entry !== undefined}>
        <summary>{say('missions:confirm.oneIsWrong')}</summary>
        <form class="stack" method="post" action={`${action}/disputes`}>
          <SelectField
            filled={filled}
            name="entry"
            label={say('missions:confirm.which')}
            choices={choices}
          />
          <SelectField
            filled={filled}
            name="proposed"
            label={say('missions:confirm.proposed')}
            hint={say('missions:confirm.proposedHint')}
            choices={[
              { value: '', label: say('missions:confirm.noProposal') },
              ...durations(place),
            ]}
          />
          <TextField
            filled={filled}
            name="reason"
            label={say('missions:confirm.reason')}
            hint={say('missions:dispute.readBy')}
          />
          <Secondary>{say('missions:confirm.dispute')}</Secondary>
        </form>
      </details>
    </div>
  )
}

const QUARTERS_OF_TEN_HOURS = 40

/** Every quarter of an hour of the longest day that the law allows. */
export function durations({ language }: Place) {
  return Array.from({ length: QUARTERS_OF_TEN_HOURS }, (_, rank) => {
    const value = (rank + 1) * 15
    return { value: String(value), label: formatHours(minutes(value), language) }
  })
}

/** What a choice among `durations` says; undefined for anything else. */
export function durationIn(text: string | undefined): Minutes | undefined {
  return text && /^\d{1,4}$/.test(text) ? minutes(text) : undefined
}

export function idsOf(entries: Entry[]): string {
  return entries.map(({ id }) => id).join(',')
}

export function Secondary({ children }: { children?: Child }) {
  return (
    <button class="ds-button" data-variant="secondary" type="submit">
      {children}
    </button>
  )
}

export function NightField({ filled }: { filled: Filled }) {
  return <CheckField filled={filled} name="isAtNight" label={filled.say('missions:hours.night')} />
}
