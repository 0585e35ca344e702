import { type Application, PieceFields, type PieceHead } from '#applications'
import type { Day } from '#kit'
import type { Place } from '#people'
import {
  AreaField,
  DayText,
  type Filled,
  Notice,
  OnceKey,
  Page,
  RefusalSummary,
  Submit,
} from '#platform'
import type { Clocks } from './clocks.ts'
import { MissingList, Rounds } from './completeness-card.tsx'
import { expiresBefore, outcomeOn } from './eligibility.ts'
import { AnswerFields } from './eligibility-cards.tsx'
import { PlainSubmit, SectionCard } from './file-page.tsx'
import type { Message } from './message-store.ts'
import { MessageList } from './messages-card.tsx'
import { type CompletenessCheck, completenessOf } from './rules.ts'
import type { Eligibilities } from './store.ts'
import { CheckWords, CompletenessTag, OutcomeTag } from './tags.tsx'

export type Progress = {
  place: Place
  filePath: string
  application: Application
  /** What the file holds: a piece asked for may take the place of one. */
  pieces: PieceHead[]
  checks: CompletenessCheck[]
  clocks: Clocks | undefined
  eligibilities: Eligibilities
  councilOn: Day
  messages: Message[]
  filled: Filled
  mayDeclare: boolean
}

/** Where the file stands, for its association, and what is asked of it now. */
export function ProgressPage(progress: Progress) {
  const { place, filePath, application, filled } = progress
  const { say } = place
  const title = say('review:progress.title')
  return (
    <Page frame={place.frame} title={title}>
      <p>
        <a class="ds-link" href={filePath}>
          {application.projectTitle || say('review:progress.file')}
        </a>
      </p>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <RefusalSummary filled={filled} />
      <Completeness {...progress} />
      {application.deposit && <Messages {...progress} />}
      <GeneralInterest {...progress} />
    </Page>
  )
}

function Completeness(progress: Progress) {
  const { place, application, checks, clocks } = progress
  const { say, language } = place
  const state = completenessOf(checks)
  const endsOn = clocks?.silenceOn
  return (
    <SectionCard title={say('review:completeness.title')}>
      <p>
        {application.deposit ? (
          <CompletenessTag say={say} state={state} />
        ) : (
          say('review:progress.notDeposited')
        )}
      </p>
      {state === 'incomplete' && <WhatIsMissing {...progress} />}
      <Rounds place={place} checks={checks} />
      {endsOn && (
        <p class="hint">
          {say('review:progress.silence')} <DayText value={endsOn} language={language} />
          {clocks.stoppedDays > 0 &&
            ` (${say('review:file.stoppedDays', { count: clocks.stoppedDays })})`}
        </p>
      )}
    </SectionCard>
  )
}

function WhatIsMissing({ place, filePath, pieces, checks, clocks, filled }: Progress) {
  const { say } = place
  return (
    <>
      <MissingList place={place} missing={checks.at(-1)?.missing ?? ''} />
      {clocks?.stoppedUntil && (
        <p>
          <b>
            {say('review:completeness.until')}{' '}
            <DayText value={clocks.stoppedUntil} language={place.language} />
          </b>
        </p>
      )}
      <p class="hint">
        {say(clocks?.silenceOn ? 'review:progress.startedAgain' : 'review:progress.stopped')}
      </p>
      <form
        class="stack"
        method="post"
        action={`${filePath}/progress/pieces`}
        enctype="multipart/form-data"
      >
        <PieceFields filled={filled} pieces={pieces} />
        <PlainSubmit>{say('review:progress.addPiece')}</PlainSubmit>
      </form>
      <form class="stack" method="post" action={`${filePath}/completion`}>
        <OnceKey />
        <AreaField filled={filled} name="note" label={say('review:progress.note')} rows={2} />
        <Submit>{say('review:progress.answer')}</Submit>
      </form>
    </>
  )
}

/** What the association and the commune write to each other; notes between reviewers are never here. */
function Messages({ place, filePath, messages, filled }: Progress) {
  const { say } = place
  return (
    <section class="ds-card read-by-both" id="messages">
      <h2 class="ds-heading" data-size="sm">
        {say('review:messages.withCommune')}
      </h2>
      <MessageList place={place} messages={messages} />
      <form class="stack" method="post" action={`${filePath}/progress/messages`}>
        <OnceKey />
        <AreaField
          filled={filled}
          name="message"
          label={say('review:messages.toCommune')}
          rows={3}
        />
        <div>
          <PlainSubmit>{say('review:messages.sendToCommune')}</PlainSubmit>
        </div>
      </form>
    </section>
  )
}

/** The association declares; the commune reads, and certifies nothing (DOMAIN 3.3). */
function GeneralInterest(progress: Progress) {
  const { place, filePath, eligibilities, councilOn, filled, mayDeclare } = progress
  const { say, language, today } = place
  const check = eligibilities.hours
  const outcome = outcomeOn(check, today)
  // To be renewed in time: what expires before the council will not count there.
  const isExpiring = expiresBefore(check, councilOn)
  const isSettled = outcome !== undefined && outcome !== 'to_review' && !isExpiring
  return (
    <SectionCard title={say('review:eligibility.hours')}>
      <p>{say('review:progress.whyHours')}</p>
      <p>
        <OutcomeTag say={say} outcome={outcome} />{' '}
        {check && !outcome && say('review:eligibility.expired')}
      </p>
      {outcome && isExpiring && (
        <Notice color="warning">
          {say('review:eligibility.beforeCouncil')}{' '}
          <DayText value={councilOn} language={language} />.
        </Notice>
      )}
      {check && <CheckWords say={say} language={language} check={check} />}
      {!isSettled && mayDeclare && (
        <form class="stack" method="post" action={`${filePath}/declaration`}>
          <AnswerFields filled={filled} known={check?.answers ?? {}} />
          <p class="hint">{say('review:progress.declarationNote')}</p>
          <PlainSubmit>{say('review:progress.declare')}</PlainSubmit>
        </form>
      )}
      {!isSettled && !mayDeclare && <p>{say('review:progress.representativeOnly')}</p>}
    </SectionCard>
  )
}
