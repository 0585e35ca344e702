import type { Child } from 'hono/jsx'
import type { Place } from '#people'
import { type Filled, Page } from '#platform'
import { DraftForm, type Shown } from './draft-form.tsx'

/** One part of a draft on a page of its own, short enough for a phone. */
export function SectionPage({
  place,
  shown,
  title,
  lead,
  filled,
  children,
  after,
}: {
  place: Place
  shown: Shown
  title: string
  lead: string
  filled: Filled
  children?: Child
  after?: Child
}) {
  const { say } = place
  return (
    <Page frame={place.frame} title={title}>
      <BackToFile say={say} filePath={shown.filePath} />
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <p>{lead}</p>
        <DraftForm place={place} shown={shown} filled={filled}>
          {children}
        </DraftForm>
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
