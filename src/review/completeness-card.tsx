import { filePathOf } from '#applications'
import { AreaField, DayText, InstantText, TextField } from '#platform'
import { usualAnswerBy } from './bulk.ts'
import { PlainSubmit, SectionCard, type Shown } from './file-page.tsx'
import { completenessOf } from './rules.ts'
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
      {last?.missing && <p>{say('review:completeness.asked', { missing: last.missing })}</p>}
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
            hint={say('review:completeness.missingHint')}
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
