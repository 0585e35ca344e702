import { filePathOf } from '#applications'
import type { Place } from '#people'
import { AreaField, DayText, InstantText, TextField } from '#platform'
import { usualAnswerBy } from './bulk.ts'
import { PlainSubmit, SectionCard, type Shown } from './file-page.tsx'
import { type CompletenessCheck, completenessOf } from './rules.ts'
import { CompletenessTag } from './tags.tsx'

export function CompletenessCard({ place, view, filled }: Shown) {
  const { say, language, today } = place
  const { checks, application } = view
  const state = completenessOf(checks)
  const last = checks.at(-1)
  const action = `${filePathOf(place.path, application.id)}/completeness`
  const isAsking = filled.typed.missing !== undefined && filled.typed.missing !== ''
  return (
    <SectionCard title={say('review:completeness.title')}>
      <p>
        <CompletenessTag say={say} state={state} />{' '}
        {last && <InstantText value={last.checkedAt} language={language} />}
      </p>
      {last?.missing && <MissingList place={place} missing={last.missing} />}
      {last?.answerBy && (
        <p class="hint">
          {say('review:completeness.until')} <DayText value={last.answerBy} language={language} />
        </p>
      )}
      {last?.answer && (
        <p>
          {say('review:completeness.answer', { note: last.answer.note || '—' })}{' '}
          <InstantText value={last.answer.answeredAt} language={language} />
        </p>
      )}
      <Rounds place={place} checks={checks} />
      {state !== 'complete' && (
        <PlainSubmit to={action}>{say('review:completeness.isComplete')}</PlainSubmit>
      )}
      <details open={isAsking}>
        <summary>{say('review:completeness.ask')}</summary>
        <div class="stack">
          <AreaField
            filled={filled}
            name="missing"
            label={say('review:completeness.missing')}
            hint={say(
              state === 'incomplete'
                ? 'review:completeness.missingAgainHint'
                : 'review:completeness.missingHint',
            )}
          />
          <TextField
            filled={filled}
            name="answerBy"
            type="date"
            label={say('review:completeness.answerBy')}
            value={usualAnswerBy(today)}
          />
          <div>
            <PlainSubmit to={action} name="asks" value="yes">
              {say('review:completeness.send')}
            </PlainSubmit>
          </div>
        </div>
      </details>
    </SectionCard>
  )
}

/** All that is missing, a line each, as the association reads it. */
export function MissingList({ place, missing }: { place: Place; missing: string }) {
  return (
    <>
      <p>{place.say('review:completeness.asked')}</p>
      <ul class="ds-list">
        {missing.split('\n').map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </>
  )
}

/** Every round before this one: what was asked, what was answered, when. */
export function Rounds({ place, checks }: { place: Place; checks: CompletenessCheck[] }) {
  const { say, language } = place
  const past = checks.slice(0, -1).filter(({ missing }) => missing !== '')
  if (past.length === 0) return null
  return (
    <details>
      <summary>{say('review:completeness.rounds', { count: past.length })}</summary>
      <ul class="todo">
        {past.map(({ missing, checkedAt, answer }) => (
          <li>
            <div>
              <b>{say('review:completeness.askedOn')}</b>{' '}
              <InstantText value={checkedAt} language={language} />
              <p class="version">{missing}</p>
              {answer ? (
                <p>
                  {say('review:completeness.answer', { note: answer.note || '—' })}{' '}
                  <InstantText value={answer.answeredAt} language={language} />
                </p>
              ) : (
                <p class="hint">{say('review:completeness.carriedOver')}</p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}
