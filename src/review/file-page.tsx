import type { Child } from 'hono/jsx'
import { FileFacts } from '#applications'
import type { Place } from '#people'
import { DayText, type Filled, Page, RefusalSummary } from '#platform'
import { CompletenessCard } from './completeness-card.tsx'
import { CashCard, HoursCard } from './eligibility-cards.tsx'
import type { FileView } from './file-view.ts'
import { MarksCard } from './marks-card.tsx'
import { silenceEndsOn } from './rules.ts'

export type Shown = { place: Place; view: FileView; filled: Filled; isAgent: boolean }

/** One file and everything that its reviewers decide about it. */
export function ReviewPage(shown: Shown) {
  const { place, view, filled, isAgent } = shown
  const { application } = view
  const title = `${application.association.name} — ${application.projectTitle}`
  return (
    <Page frame={place.frame} title={title}>
      <p>
        <a class="ds-link" href={`${place.path}/${view.campaign.year}/review`}>
          {place.say('review:file.back')}
        </a>
      </p>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <Clock place={place} view={view} />
      <RefusalSummary filled={filled} />
      {isAgent && (
        <div class="halves">
          <CompletenessCard {...shown} />
          <CashCard {...shown} />
          <HoursCard {...shown} />
        </div>
      )}
      <FileFacts file={view.file} />
      <MarksCard {...shown} />
    </Page>
  )
}

/** The day on which the commune's silence would reject the file. */
function Clock({ place, view }: { place: Place; view: FileView }) {
  const { say, language } = place
  const { deposit } = view.application
  if (!deposit) return null
  const endsOn = silenceEndsOn(deposit.depositedAt, view.checks)
  return (
    <p class="lead">
      {say('review:file.number', { number: deposit.number })}{' '}
      {endsOn ? (
        <>
          {say('review:file.silence')} <DayText value={endsOn} language={language} />
        </>
      ) : (
        say('review:file.stopped')
      )}
    </p>
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

/** Beside the page's main action: marks. */
export function PlainSubmit({ children }: { children?: Child }) {
  return (
    <button class="ds-button" data-variant="secondary" type="submit">
      {children}
    </button>
  )
}
