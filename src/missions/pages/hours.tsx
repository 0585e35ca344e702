import { type Day, formatHours, minutes, parseDay, type Refusal, refusal } from '#kit'
import type { Place } from '#people'
import {
  type Filled,
  Hours,
  Notice,
  OnceKey,
  Page,
  RefusalSummary,
  SelectField,
  Submit,
  TextField,
  type Typed,
} from '#platform'
import { type Entry, leftMinutes, type Mission, type NewEntry } from '../rules/index.ts'
import { AskLink } from './next-step.tsx'
import { Entries, NightField } from './parts.tsx'

export type HoursProps = {
  place: Place
  mission: Mission
  entries: Entry[]
  filled: Filled
}

/** One thumb, one minute: the day, how long, a line. */
export function HoursPage({ place, mission, entries, filled }: HoursProps) {
  const { say, language } = place
  const left = leftMinutes(mission)
  return (
    <Page frame={place.frame} title={say('missions:hours.enter')}>
      <h1 class="ds-heading" data-size="lg">
        {say('missions:hours.enter')}
      </h1>
      <p class="lead">
        {mission.title} — {mission.associationName}
      </p>
      <p class="ds-paragraph">
        {say('missions:fact.left')} : <Hours value={left} language={language} />
      </p>
      {left > 0n ? (
        <EntryForm place={place} mission={mission} entries={entries} filled={filled} />
      ) : (
        <Notice color="success">{say('missions:hours.all')}</Notice>
      )}
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('missions:hours.title')}
        </h2>
        <Entries place={place} entries={entries} />
        {mission.waitingMinutes > 0n && <AskLink place={place} mission={mission} />}
      </section>
    </Page>
  )
}

function EntryForm({ place, mission, filled }: HoursProps) {
  const { say } = place
  return (
    <form class="stack ds-card" method="post" action={`${place.path}/missions/${mission.id}/hours`}>
      <RefusalSummary filled={filled} />
      <OnceKey />
      <TextField
        filled={filled}
        name="day"
        type="date"
        label={say('missions:hours.day')}
        value={place.today}
      />
      <SelectField
        filled={filled}
        name="workedMinutes"
        label={say('missions:hours.duration')}
        value={String(HALF_DAY_MINUTES)}
        choices={durations(place)}
      />
      <TextField filled={filled} name="note" label={say('missions:hours.note')} />
      <NightField filled={filled} />
      <Submit>{say('missions:hours.save')}</Submit>
    </form>
  )
}

const HALF_DAY_MINUTES = 210
const QUARTERS_OF_TEN_HOURS = 40

function durations({ language }: Place) {
  return Array.from({ length: QUARTERS_OF_TEN_HOURS }, (_, rank) => {
    const value = (rank + 1) * 15
    return { value: String(value), label: formatHours(minutes(value), language) }
  })
}

/** The entry as typed, or what cannot be read in it. */
export function entryOf(typed: Typed): NewEntry | { refusals: Refusal[] } {
  const worked = parseDay(typed.day ?? '')
  const duration = /^\d{1,4}$/.exec(typed.workedMinutes ?? '')?.[0]
  const refusals: Refusal[] = []
  if (!worked) refusals.push(refusal('missions:refused.noDay', { field: 'day' }))
  if (!duration) refusals.push(refusal('missions:refused.notQuarters', { field: 'workedMinutes' }))
  if (!worked || !duration) return { refusals }
  return entry(worked, duration, typed)
}

function entry(worked: Day, duration: string, typed: Typed): NewEntry {
  return {
    day: worked,
    workedMinutes: minutes(duration),
    isAtNight: typed.isAtNight === 'yes',
    note: (typed.note ?? '').slice(0, NOTE_CHARACTERS_MAX),
  }
}

const NOTE_CHARACTERS_MAX = 500
