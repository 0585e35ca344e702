import type { Child } from 'hono/jsx'
import type { Place } from '#people'
import { type Filled, Page, RefusalSummary, Submit } from '#platform'

/** One part of a draft on a page of its own, short enough for a phone. */
export function SectionPage({
  place,
  filePath,
  title,
  lead,
  filled,
  children,
  after,
}: {
  place: Place
  filePath: string
  title: string
  lead: string
  filled: Filled
  children?: Child
  after?: Child
}) {
  const { say } = place
  return (
    <Page frame={place.frame} title={title}>
      <BackToFile say={say} filePath={filePath} />
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <p>{lead}</p>
        <form class="stack" method="post">
          <RefusalSummary filled={filled} />
          {children}
          <p class="hint">{say('applications:section.draftHint')}</p>
          <Submit>{say('applications:section.save')}</Submit>
        </form>
      </div>
      {after}
    </Page>
  )
}

export function BackToFile({ say, filePath }: { say: Place['say']; filePath: string }) {
  return (
    <p>
      <a class="ds-link" href={filePath}>
        {say('applications:section.back')}
      </a>
    </p>
  )
}
