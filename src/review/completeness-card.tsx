import { filePathOf } from '#applications'
import { AreaField, InstantText, OnceKey } from '#platform'
import { PlainSubmit, SectionCard, type Shown } from './file-page.tsx'
import { completenessOf } from './rules.ts'
import { CompletenessTag } from './tags.tsx'

export function CompletenessCard({ place, view, filled }: Shown) {
  const { say, language } = place
  const { checks, application } = view
  const state = completenessOf(checks)
  const last = checks.at(-1)
  const action = `${filePathOf(place.path, application.id)}/completeness`
  return (
    <SectionCard title={say('review:completeness.title')}>
      <p>
        <CompletenessTag say={say} state={state} />{' '}
        {last && <InstantText value={last.checkedAt} language={language} />}
      </p>
      {last?.missing && <p>{say('review:completeness.asked', { missing: last.missing })}</p>}
      {last?.answer && (
        <p>
          {say('review:completeness.answer', { note: last.answer.note || '—' })}{' '}
          <InstantText value={last.answer.answeredAt} language={language} />
        </p>
      )}
      {state !== 'complete' && (
        <form method="post" action={action}>
          <OnceKey />
          <PlainSubmit>{say('review:completeness.isComplete')}</PlainSubmit>
        </form>
      )}
      <details>
        <summary>{say('review:completeness.ask')}</summary>
        <form class="stack" method="post" action={action}>
          <OnceKey />
          <input type="hidden" name="asks" value="yes" />
          <AreaField
            filled={filled}
            name="missing"
            label={say('review:completeness.missing')}
            hint={say('review:completeness.missingHint')}
          />
          <PlainSubmit>{say('review:completeness.send')}</PlainSubmit>
        </form>
      </details>
    </SectionCard>
  )
}
