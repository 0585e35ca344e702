import { formatHours, sumMinutes } from '#kit'
import { actorOf, type Place } from '#people'
import { DayText, type Filled, Hours, Notice, OnceKey, Page } from '#platform'
import type { Copy } from '../actions/index.ts'
import { type Entry, leftMinutes, type Mission } from '../rules/index.ts'
import { Disputes } from './disputes.tsx'
import { EntryForm } from './entry-form.tsx'
import { AskLink } from './next-step.tsx'
import { Entries, Secondary } from './parts.tsx'

export type HoursProps = {
  place: Place
  mission: Mission
  /** Whether hours of today may stand on a receipt. */
  isEligible: boolean
  entries: Entry[]
  /** What "as last week" would enter. */
  lastWeek: Copy[]
  /** Where hours may be noted for all those who share the mission, these associations. */
  associations: string | undefined
  filled: Filled
}

/** One thumb, one minute: the day, how long, a line. */
export function HoursPage({ isEligible, ...props }: HoursProps) {
  const { place, mission, entries, lastWeek, associations, filled } = props
  const { say, language } = place
  const left = leftMinutes(mission)
  const url = `${place.path}/missions/${mission.id}/hours`
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
      {!isEligible && <Notice color="warning">{say('missions:hours.notEligible')}</Notice>}
      {left > 0n ? (
        <LastWeek place={place} url={url} copies={lastWeek} />
      ) : (
        <Notice color="success">{say('missions:hours.all')}</Notice>
      )}
      {/* Even then: what waits on the phone is shown there, with the reason why it cannot enter. */}
      <EntryForm {...{ place, filled, url, associations }} person={actorOf(place).personId} />
      <Disputes place={place} mission={mission} entries={entries} filled={filled} as="employee" />
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

/** The whole week in one tap: what it will write, and what there is to know of it, stand above. */
function LastWeek({ place, url, copies }: { place: Place; url: string; copies: Copy[] }) {
  const { say, language } = place
  if (copies.length === 0) return null
  const warnings = [...new Set(copies.flatMap((copy) => copy.warnings))]
  const total = sumMinutes(copies.map(({ workedMinutes }) => workedMinutes))
  return (
    <form class="stack ds-card" method="post" action={`${url}/last-week`}>
      <OnceKey />
      <input type="hidden" name="days" value={copies.map(({ day }) => day).join(',')} />
      <input type="hidden" name="warnings" value={warnings.join(',')} />
      <input type="hidden" name="acknowledged" value="yes" />
      <ul class="ds-list">
        {copies.map((copy) => (
          <li>
            <DayText value={copy.day} language={language} /> ·{' '}
            <Hours value={copy.workedMinutes} language={language} />
            {copy.note && <> — {copy.note}</>}
            {copy.warnings.map((warning) => (
              <small class="hint"> {say(`missions:warning.${warning}`)}</small>
            ))}
          </li>
        ))}
      </ul>
      <Secondary>
        {say('missions:hours.asLastWeek', { hours: formatHours(total, language) })}
      </Secondary>
    </form>
  )
}
