import { AreaField, InstantText, SelectField, TextField } from '#platform'
import { UNDO_MINUTES, usualAnswerBy } from './bulk.ts'
import type { TableShown } from './table-page.tsx'

/** What is done at once to the files that are ticked, or to the whole list. */
export function BulkBar({ place, view, filled }: TableShown) {
  const { say, today } = place
  const nobody = { value: '', label: say('review:bulk.nobody') }
  const agents = view.agents.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <fieldset class="stack bulk" id="files">
      <legend>{say('review:bulk.title')}</legend>
      <div class="ds-field check">
        <input
          class="ds-input"
          type="checkbox"
          id="every"
          name="every"
          value="yes"
          checked={filled.typed.every === 'yes'}
        />
        <label class="ds-label" for="every">
          {say('review:bulk.every', { count: view.shown.length })}
        </label>
      </div>
      <div class="head">
        <div class="actions">
          <SelectField
            filled={filled}
            name="agentId"
            label={say('review:bulk.agent')}
            choices={[nobody, ...agents]}
          />
          <Deed kind="assign" words={say('review:bulk.assign')} />
        </div>
        <Deed kind="complete" words={say('review:bulk.complete')} />
      </div>
      <details open={filled.typed.kind === 'ask'}>
        <summary>{say('review:bulk.ask')}</summary>
        <div class="stack">
          <AreaField
            filled={filled}
            name="missing"
            label={say('review:completeness.missing')}
            hint={say('review:completeness.missingHint')}
            rows={3}
          />
          <TextField
            filled={filled}
            name="answerBy"
            type="date"
            label={say('review:completeness.answerBy')}
            value={usualAnswerBy(today)}
          />
          <div>
            <Deed kind="ask" words={say('review:completeness.send')} />
          </div>
        </div>
      </details>
      <p class="hint">{say('review:bulk.hint', { count: UNDO_MINUTES })}</p>
    </fieldset>
  )
}

function Deed({ kind, words }: { kind: string; words: string }) {
  return (
    <button class="ds-button" data-variant="secondary" type="submit" name="kind" value={kind}>
      {words}
    </button>
  )
}

/** What was just done to many files, and the way back while its mails are held. */
export function UndoNotice({ place, view }: TableShown) {
  const { say, language } = place
  const { undoable, campaign } = view
  if (!undoable) return null
  const until = new Date(undoable.doneAt.getTime() + UNDO_MINUTES * 60_000)
  return (
    <div class="ds-alert" data-color="success" role="status">
      <form
        class="actions"
        method="post"
        action={`${place.path}/${campaign.year}/review/bulk/${undoable.id}/undoing`}
      >
        <span>
          {say(`review:bulk.done.${undoable.kind}`, { count: undoable.filesCount })}{' '}
          {say('review:bulk.undoUntil')} <InstantText value={until} language={language} />
        </span>
        <button class="ds-button" data-variant="secondary" data-size="sm" type="submit">
          {say('review:bulk.undo')}
        </button>
      </form>
    </div>
  )
}
