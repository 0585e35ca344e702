import type { Place } from '#people'
import { type Filled, Hours, Notice, Page, RefusalSummary } from '#platform'
import type { Opened } from '../actions/index.ts'
import { entryStateOf, leftMinutes } from '../rules/index.ts'
import { AnswerForms, Entries } from './parts.tsx'

/** For a busy volunteer with a link and no account: the list, and one button. */
export function ConfirmPage({
  place,
  opened,
  secret,
  filled,
}: {
  place: Place
  opened: Opened
  secret: string
  filled: Filled
}) {
  const { say, language } = place
  const { mission, entries, link } = opened
  const waiting = entries.filter((entry) => entryStateOf(entry) === 'waiting')
  const answered = entries.filter((entry) => entryStateOf(entry) !== 'waiting')
  return (
    <Page frame={place.frame} title={say('missions:confirm.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('missions:confirm.title')}
      </h1>
      <p class="lead">
        {say('missions:confirm.lead', {
          name: link.recipientName,
          title: mission.title,
          company: mission.companyName,
        })}
      </p>
      <RefusalSummary filled={filled} />
      {waiting.length > 0 ? (
        <section class="ds-card">
          <Entries place={place} entries={waiting} />
          <AnswerForms
            place={place}
            entries={waiting}
            filled={filled}
            action={`${place.path}/confirm/${secret}`}
          />
          <p class="hint">{say('missions:confirm.silence')}</p>
        </section>
      ) : (
        <Notice color="success">{say('missions:confirm.nothing')}</Notice>
      )}
      {answered.length > 0 && (
        <section class="ds-card">
          <h2 class="ds-heading" data-size="sm">
            {say('missions:confirm.answered')}
          </h2>
          <Entries place={place} entries={answered} />
          <p class="hint">
            {say('missions:fact.left')} : <Hours value={leftMinutes(mission)} language={language} />
          </p>
        </section>
      )}
    </Page>
  )
}

/** The same page for a link too old and for one that never was. */
export function DeadLinkPage({ place }: { place: Place }) {
  const { say } = place
  return (
    <Page frame={{ ...place.frame, nav: [] }} title={say('missions:confirm.dead')}>
      <h1 class="ds-heading" data-size="lg">
        {say('missions:confirm.dead')}
      </h1>
      <p class="lead">{say('missions:confirm.deadLead')}</p>
    </Page>
  )
}
