import type { Place } from '#people'
import { Page } from '#platform'

/** For anyone: the split again from its file, in the visitor's own browser, with no upload. */
export function RecomputePage({
  place,
  ...scripts
}: {
  place: Place
  worker: string
  script: string
}) {
  const { say } = place
  return (
    <Page frame={place.frame} title={say('scenarios:again.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('scenarios:again.title')}
      </h1>
      <p class="lead">{say('scenarios:again.lead')}</p>
      <metis-recompute
        class="ds-card stack"
        hidden
        data-worker={scripts.worker}
        data-waiting={say('scenarios:live.waiting')}
        data-cancelled={say('scenarios:live.cancelled')}
        data-broken={say('scenarios:live.broken')}
      >
        {(['problem', 'result'] as const).map((part) => (
          <div class="ds-field">
            <label class="ds-label" for={part}>
              {say(`scenarios:again.file.${part}`)}
            </label>
            <input class="ds-input" id={part} type="file" accept=".json,application/json" />
          </div>
        ))}
        <div class="ds-field">
          <label class="ds-label" for="digest">
            {say('scenarios:again.pasted')}
          </label>
          <input class="ds-input" id="digest" type="text" autocomplete="off" spellcheck={false} />
        </div>
        <p class="ds-paragraph" role="status">
          {say('scenarios:again.ready')}
        </p>
        <progress max="1" value="0" hidden aria-label={say('scenarios:live.progress')} />
        <button class="ds-button" data-variant="secondary" type="button" hidden>
          {say('scenarios:live.cancel')}
        </button>
        <script type="module" src={scripts.script} />
      </metis-recompute>
      <div id="again-answer" class="stack" />
      <section class="ds-card">
        <h2 class="ds-heading" data-size="xs">
          {say('scenarios:again.byCommand')}
        </h2>
        <p class="ds-paragraph">{say('scenarios:again.byCommandLead')}</p>
        <pre>
          <code>{'metis allocate problem.json\nmetis verify problem.json result.json'}</code>
        </pre>
      </section>
    </Page>
  )
}
