import type { Child } from 'hono/jsx'
import { askedMinutes, FileFacts, filePathOf } from '#applications'
import type { Place } from '#people'
import { DayText, type Filled, Notice, OnceKey, Page, RefusalSummary } from '#platform'
import { CompletenessCard } from './completeness-card.tsx'
import { CashCard, HoursCard } from './eligibility-cards.tsx'
import type { FileView } from './file-view.ts'
import { FollowCard, NotesCard } from './follow-cards.tsx'
import { MarksCard } from './marks-card.tsx'
import { MessagesCard } from './messages-card.tsx'
import { OutsideCard } from './outside-card.tsx'
import { PastCard } from './past-card.tsx'
import { EurosOrNone, HoursOrNone } from './tags.tsx'

export type Shown = { place: Place; view: FileView; filled: Filled; isAgent: boolean }

/**
 * One file and everything that its reviewers decide about it. One form for all: whatever button is
 * pressed, what was typed elsewhere is sent too, and kept.
 */
export function ReviewPage(shown: Shown) {
  const { place, view, filled, isAgent } = shown
  const { say } = place
  const { application } = view
  const title = `${application.association.name} — ${application.projectTitle}`
  return (
    <Page frame={place.frame} title={title}>
      <p>
        <a class="ds-link" href={`${place.path}/${view.campaign.year}/review`}>
          {say('review:file.back')}
        </a>
      </p>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <ClockLine place={place} view={view} />
      <RefusalSummary filled={filled} />
      {Object.keys(view.draft).length > 0 && (
        <Notice color="warning">{say('review:draft.waiting')}</Notice>
      )}
      <form
        class="whole"
        method="post"
        action={`${filePathOf(place.path, application.id)}/review/draft`}
      >
        <OnceKey />
        <p class="actions">
          {/* First in the form: the Enter key in a field keeps, and decides nothing. */}
          <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit">
            {say('review:draft.keep')}
          </button>
        </p>
        <Amounts place={place} view={view} />
        {isAgent && (
          <div class="halves">
            <div class="stack">
              <CompletenessCard {...shown} />
              <FollowCard {...shown} />
            </div>
            <CashCard {...shown} />
            <HoursCard {...shown} />
          </div>
        )}
        <p>
          <a class="ds-link" href={`${view.file.path}/form.pdf`}>
            {say('cerfa:file.form')}
          </a>
        </p>
        <MessagesCard {...shown} />
        <FileFacts file={view.file} />
        <PastCard {...shown} />
        <OutsideCard {...shown} />
        <MarksCard {...shown} />
        <NotesCard {...shown} />
      </form>
    </Page>
  )
}

/** Where the two delays of the law stand. */
function ClockLine({ place, view }: { place: Place; view: FileView }) {
  const { say, language } = place
  const { clocks } = view
  const { deposit } = view.application
  if (!deposit || !clocks) return null
  const { silenceOn, decideBy, stoppedUntil, stoppedDays } = clocks
  return (
    <p class="lead">
      {say('review:file.number', { number: deposit.number })}{' '}
      {!clocks.isAcknowledged && (
        <>
          {say('review:file.acknowledge')}{' '}
          <DayText value={clocks.acknowledgeBy} language={language} />.{' '}
        </>
      )}
      {view.shared.decided ? (
        say('review:clock.decided')
      ) : silenceOn && decideBy ? (
        <>
          {say('review:file.silence')} <DayText value={silenceOn} language={language} />
          {say('review:file.decideBy')} <DayText value={decideBy} language={language} />.
        </>
      ) : (
        <>
          {say('review:file.stopped')}{' '}
          {stoppedUntil && (
            <>
              {say('review:file.stoppedUntil')} <DayText value={stoppedUntil} language={language} />
              .
            </>
          )}
        </>
      )}
      {stoppedDays > 0 && ` ${say('review:file.stoppedDays', { count: stoppedDays })}`}
    </p>
  )
}

/** Asked, proposed, decided: three figures for euros, three for hours, never mixed. */
function Amounts({ place, view }: { place: Place; view: FileView }) {
  const { say, language } = place
  const { proposed, decided } = view.shared
  const { askedCents, needs } = view.application
  const asked = { cents: askedCents ?? undefined, minutes: askedMinutes(needs) }
  const steps = ['asked', 'proposed', 'decided'] as const
  const shares = { asked, proposed, decided }
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('review:amounts.title')}>
      <table class="ds-table">
        <thead>
          <tr>
            <th scope="col">{say('review:amounts.title')}</th>
            {steps.map((step) => (
              <th scope="col" class="num">
                {say(`review:amounts.${step}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{say('review:amounts.cash')}</th>
            {steps.map((step) => (
              <td class="num">{<EurosOrNone value={shares[step]?.cents} language={language} />}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{say('review:amounts.hours')}</th>
            {steps.map((step) => (
              <td class="num">
                {<HoursOrNone value={shares[step]?.minutes} language={language} />}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  )
}

export function SectionCard({ title, children }: { title: string; children?: Child }) {
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {title}
      </h2>
      {children}
    </section>
  )
}

/** Beside the page's main action: marks. `to` is where the whole page's form is sent. */
export function PlainSubmit({
  to,
  name,
  value,
  children,
}: {
  to?: string
  name?: string
  value?: string
  children?: Child
}) {
  return (
    <button
      class="ds-button"
      data-variant="secondary"
      type="submit"
      formaction={to}
      name={name}
      value={value}
    >
      {children}
    </button>
  )
}
