import { type Application, askedMinutes } from '#applications'
import type { Place } from '#people'
import {
  AreaField,
  CheckField,
  DayText,
  Euros,
  type Filled,
  Hours,
  InstantText,
  Notice,
  Page,
  RefusalSummary,
  SelectField,
  Submit,
} from '#platform'
import { SectionCard } from './file-page.tsx'
import type { OpenedRequest } from './outside.ts'
import { verdicts } from './outside-rules.ts'

type Props = { place: Place; opened: OpenedRequest; action: string; filled: Filled }

/** For somebody with a link and no account: the question, what the agent chose to show, one form. */
export function OpinionPage({ place, opened, action, filled }: Props) {
  const { say, language } = place
  const { request, application } = opened
  const title = say('review:outside.title', { association: application.association.name })
  return (
    <Page frame={{ ...place.frame, nav: [] }} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say('review:outside.hello', {
          name: request.recipientName,
          commune: place.territory.name,
          asker: request.askedByName,
          capacity: request.capacity,
        })}
      </p>
      <RefusalSummary filled={filled} />
      {request.answer && (
        <Notice color="success">
          {say('review:outside.kept')}{' '}
          <InstantText value={request.answer.givenAt} language={language} />.
        </Notice>
      )}
      <SectionCard title={say('review:outside.question')}>
        <p class="version">{request.question}</p>
        <p>
          {say('review:outside.until')} <DayText value={request.answerBy} language={language} />.
        </p>
      </SectionCard>
      <Shown place={place} opened={opened} />
      <AnswerForm action={action} filled={filled} isRevised={request.answer !== undefined} />
    </Page>
  )
}

/** What the agent chose, and nothing more: no piece, no name of a person, no mark. */
function Shown({ place, opened }: Pick<Props, 'place' | 'opened'>) {
  const { say } = place
  const { request, application } = opened
  return (
    <SectionCard title={application.projectTitle || say('review:outside.project')}>
      {request.showsProject && (
        <dl class="facts">
          <dt>{say('review:outside.summary')}</dt>
          <dd>{application.projectSummary || '—'}</dd>
          <dt>{say('review:outside.beneficiaries')}</dt>
          <dd>{application.beneficiaries || '—'}</dd>
        </dl>
      )}
      {request.showsNeeds && <Needs place={place} application={application} />}
      {request.showsAmounts && <Amounts place={place} application={application} />}
    </SectionCard>
  )
}

function Needs({ place, application }: { place: Place; application: Application }) {
  const { say } = place
  const { needs } = application
  if (needs.length === 0) return <p>{say('review:outside.noNeed')}</p>
  return (
    <>
      <p>{say('review:outside.needs')}</p>
      <ul class="todo">
        {needs.map(({ family, deliverable }) => (
          <li class="hours">
            <span>
              <b>{family ? say(`campaigns:family.${family}`) : '—'}</b>
              {deliverable && ` — ${deliverable}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Euros and hours each on a line: the two are never added. */
function Amounts({ place, application }: { place: Place; application: Application }) {
  const { say, language } = place
  return (
    <dl class="facts">
      <dt>{say('review:outside.askedCash')}</dt>
      <dd>
        {application.askedCents === null ? (
          '—'
        ) : (
          <Euros value={application.askedCents} language={language} />
        )}
      </dd>
      <dt>{say('review:outside.askedHours')}</dt>
      <dd>
        <Hours value={askedMinutes(application.needs)} language={language} />
      </dd>
    </dl>
  )
}

function AnswerForm({
  action,
  filled,
  isRevised,
}: {
  action: string
  filled: Filled
  isRevised: boolean
}) {
  const { say } = filled
  return (
    <form class="stack narrow ds-card" method="post" action={action}>
      <h2 class="ds-heading" data-size="sm">
        {say('review:outside.yours')}
      </h2>
      <p class="hint">{say('review:outside.use')}</p>
      <CheckField
        filled={filled}
        name="hasInterest"
        label={say('review:outside.hasInterest')}
        hint={say('review:outside.hasInterestHint')}
      />
      <SelectField
        filled={filled}
        name="verdict"
        label={say('review:outside.verdict')}
        choices={[
          { value: '', label: say('review:outside.choose') },
          ...verdicts.map((value) => ({ value, label: say(`review:verdict.${value}`) })),
        ]}
      />
      <AreaField
        filled={filled}
        name="words"
        label={say('review:outside.words')}
        hint={say('review:outside.wordsHint')}
      />
      <Submit>{say(isRevised ? 'review:outside.revise' : 'review:outside.send')}</Submit>
    </form>
  )
}

/** One page for a link too old, withdrawn, set aside, or that never was. */
export function ClosedLinkPage({ place }: { place: Place }) {
  const { say } = place
  const title = say('review:outside.closed')
  return (
    <Page frame={{ ...place.frame, nav: [] }} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">{say('review:outside.closedWhy')}</p>
    </Page>
  )
}
