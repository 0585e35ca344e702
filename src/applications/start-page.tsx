import type { Campaign } from '#campaigns'
import { dayOf, type Refusal } from '#kit'
import type { Place } from '#people'
import { DayText, OnceKey, Page, RefusalSummary } from '#platform'
import type { Earlier } from './reuse.ts'
import { refusalsForCalendar } from './rules.ts'

/** Minutes that each part takes to a volunteer who has the papers at hand. */
const parts = [
  ['identity', 3],
  ['project', 10],
  ['project-budget', 10],
  ['money', 5],
  ['needs', 5],
  ['pieces', 5],
  ['attestations', 2],
  ['commitment', 2],
] as const

/** Before the first word: how long it takes, what to have at hand, and what is known already. */
export function StartPage({
  place,
  campaign,
  earlier,
  refusals,
}: {
  place: Place
  campaign: Campaign
  earlier: Earlier | undefined
  refusals: Refusal[]
}) {
  const { say, today } = place
  const title = say('applications:start.title', { year: campaign.year })
  const [closed] = refusalsForCalendar({ campaign, today })
  return (
    <Page frame={place.frame} title={title}>
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <p>{say('applications:start.lead')}</p>
        <RefusalSummary filled={{ say, typed: {}, refusals }} />
        {closed ? (
          refusals.length === 0 && <p>{say(closed.code)}</p>
        ) : (
          <>
            <Announced place={place} campaign={campaign} />
            <Choice place={place} earlier={earlier} />
          </>
        )}
      </div>
    </Page>
  )
}

function Announced({ place: { say, language }, campaign }: { place: Place; campaign: Campaign }) {
  const total = parts.reduce((sum, [, minutes]) => sum + minutes, 0)
  return (
    <>
      <h2 class="ds-heading" data-size="xs">
        {say('applications:start.time', { minutes: total })}
      </h2>
      <ul class="ds-list">
        {parts.map(([task, minutes]) => (
          <li>
            {say(`applications:task.${task}`)} — {say('applications:start.minutes', { minutes })}
          </li>
        ))}
      </ul>
      <h2 class="ds-heading" data-size="xs">
        {say('applications:start.atHand')}
      </h2>
      <ul class="ds-list">
        {(['budget', 'accounts', 'bank', 'report'] as const).map((piece) => (
          <li>{say(`applications:start.piece.${piece}`)}</li>
        ))}
      </ul>
      <p class="hint">{say('applications:pieces.lead')}</p>
      <p>
        {say('applications:start.closes')}{' '}
        <DayText value={campaign.applicationsCloseOn} language={language} />
      </p>
    </>
  )
}

function Choice({ place, earlier }: { place: Place; earlier: Earlier | undefined }) {
  const { say, language } = place
  return (
    <form class="stack" method="post">
      <OnceKey />
      {earlier && (
        <>
          <p>
            {say('applications:start.earlier', { year: earlier.year })}{' '}
            <DayText value={dayOf(earlier.deposit.depositedAt)} language={language} />
            {' — '}
            <b>{earlier.application.projectTitle}</b>
            {'. '}
            {say('applications:start.onlyChanges')}
          </p>
          <button class="ds-button" type="submit" name="from" value="earlier">
            {say('applications:start.reuse', { year: earlier.year })}
          </button>
        </>
      )}
      <button
        class="ds-button"
        type="submit"
        data-variant={earlier ? 'secondary' : 'primary'}
        name="from"
        value="blank"
      >
        {earlier ? say('applications:start.blank') : say('applications:start.button')}
      </button>
    </form>
  )
}
