import type { Child } from 'hono/jsx'
import { isId, type Minutes, minutes, newId, parseDay, type Refusal, refusal } from '#kit'
import type { Place } from '#people'
import {
  asset,
  CheckField,
  type Filled,
  Page,
  RefusalSummary,
  SelectField,
  Submit,
  TextField,
  type Typed,
} from '#platform'
import { type NewEntry, type Warning, warningKinds } from '../rules/index.ts'
import { durationIn, durations, NightField } from './parts.tsx'

/**
 * The form of one day's hours. Where scripts run, what it sends is kept on the phone until the server
 * has it; `url` is left out on the page that opens without network, which is the same for everybody.
 */
export function EntryForm({
  place,
  filled,
  url,
  person,
  associations,
}: {
  place: Place
  filled: Filled
  url?: string
  person?: string
  /** Those among which these hours may be shared out. */
  associations?: string | undefined
}) {
  const { say, path } = place
  const hasWarnings = unreadIn(filled).length > 0
  return (
    <metis-hours
      data-url={url}
      data-person={person}
      data-offline={url === undefined ? '' : undefined}
      data-shell={`${path}/hours-offline`}
      data-worker={`${path}/hours-worker.js`}
      data-scope={`${path}/missions/`}
      data-words={JSON.stringify(scriptWords(place))}
    >
      <Queue place={place} />
      <form class="stack ds-card" method="post" action={url} hidden={url === undefined}>
        {hasWarnings ? <ToRead filled={filled} /> : <RefusalSummary filled={filled} />}
        <input type="hidden" name="once" value={onceOf(filled)} />
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
        <TextField
          filled={filled}
          name="startsAt"
          type="time"
          step="900"
          label={say('missions:hours.startsAt')}
          hint={say('missions:hours.startsAtHint')}
        />
        <TextField filled={filled} name="note" label={say('missions:hours.note')} />
        <NightField filled={filled} />
        {associations && (
          <CheckField
            filled={filled}
            name="isForAll"
            label={say('sharing:hours', { associations })}
            hint={say('sharing:hoursHint')}
            value={filled.typed.day === undefined ? 'yes' : ''}
          />
        )}
        <Submit>{say('missions:hours.save')}</Submit>
      </form>
      <script type="module" src={asset('hours.js')} />
    </metis-hours>
  )
}

/** What is on this phone alone, written by the script. */
function Queue({ place: { say } }: { place: Place }) {
  return (
    <>
      <ul class="todo queue" data-queue aria-label={say('missions:offline.queue')} hidden />
      <p class="visually-hidden" role="status" data-live />
    </>
  )
}

/** A form refused keeps its key: corrected and sent again, it is still the same hours. */
function onceOf({ typed: { once = '' }, refusals }: Filled): string {
  const isUsed = refusals.some(({ code }) => code === 'missions:refused.keyUsed')
  return isId(once) && !isUsed ? once : newId()
}

/** What there is to know before these hours are kept: read once, it is kept with them. */
function ToRead({ filled }: { filled: Filled }) {
  const { say, typed } = filled
  const unread = unreadIn(filled)
  const all = warningKinds.filter((kind) => unread.includes(kind) || readIn(typed).includes(kind))
  return (
    <div class="ds-alert" data-color="warning" role="alert" tabindex={-1} autofocus>
      <h2 class="ds-heading" data-size="xs">
        {say('missions:read.title')}
      </h2>
      <ul class="ds-list">
        {unread.map((kind) => (
          <li>{say(`missions:read.${kind}`)}</li>
        ))}
      </ul>
      <input type="hidden" name="warnings" value={all.join(',')} />
      <CheckField
        filled={{ say, typed: {}, refusals: [] }}
        name="acknowledged"
        label={say('missions:read.button')}
      />
    </div>
  )
}

function unreadIn({ refusals }: Filled): Warning[] {
  return warningKinds.filter((kind) =>
    refusals.some(({ code }) => code === `missions:read.${kind}`),
  )
}

/** The page of the hours where there is no network: it names nobody and nothing. */
export function OfflinePage({ place }: { place: Place }) {
  const { say } = place
  const frame = { ...place.frame, nav: [] }
  const filled = { say, typed: {}, refusals: [] }
  return (
    <Page frame={frame} title={say('missions:hours.enter')}>
      <Heading>{say('missions:hours.enter')}</Heading>
      <p class="lead">{say('missions:offline.lead')}</p>
      <EntryForm place={place} filled={filled} />
    </Page>
  )
}

function Heading({ children }: { children?: Child }) {
  return (
    <h1 class="ds-heading" data-size="lg">
      {children}
    </h1>
  )
}

function scriptWords({ say }: Place) {
  const names = ['waiting', 'saved', 'refused', 'expired', 'gone', 'stranger'] as const
  const words = names.map((name) => [name, say(`missions:offline.${name}`)])
  const actions = ['correct', 'remove', 'signIn'] as const
  return Object.fromEntries([
    ...words,
    ...actions.map((name) => [name, say(`missions:offline.${name}`)]),
  ])
}

const HALF_DAY_MINUTES = 210
/** The entry as typed, or what cannot be read in it. */
export function entryOf(typed: Typed): NewEntry | { refusals: Refusal[] } {
  const worked = parseDay(typed.day ?? '')
  const workedMinutes = durationIn(typed.workedMinutes)
  const refusals: Refusal[] = []
  if (!worked) refusals.push(refusal('missions:refused.noDay', { field: 'day' }))
  if (!workedMinutes)
    refusals.push(refusal('missions:refused.notQuarters', { field: 'workedMinutes' }))
  const startsAt = timeIn(typed.startsAt)
  if (startsAt === null) refusals.push(refusal('missions:refused.noStart', { field: 'startsAt' }))
  if (!worked || !workedMinutes || startsAt === null) return { refusals }
  return {
    day: worked,
    workedMinutes,
    startsAt,
    isAtNight: typed.isAtNight === 'yes',
    note: (typed.note ?? '').slice(0, NOTE_CHARACTERS_MAX),
    acknowledged: readIn(typed),
  }
}

/** `09:30`, in minutes after midnight; undefined when left out, null when it is no time of day. */
function timeIn(text = ''): Minutes | undefined | null {
  if (text.trim() === '') return undefined
  const found = /^([01]?\d|2[0-3])\s*[:hH]\s*([0-5]\d)?(?::00)?$/.exec(text.trim())
  return found ? minutes(Number(found[1]) * 60 + Number(found[2] ?? 0)) : null
}

/** The warnings that were shown, once the box beside them is ticked. */
export function readIn({ acknowledged, warnings = '' }: Typed): Warning[] {
  if (acknowledged !== 'yes') return []
  const shown = warnings.split(',')
  return warningKinds.filter((kind) => shown.includes(kind))
}

const NOTE_CHARACTERS_MAX = 500
