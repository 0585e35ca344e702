import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { type Filled, InstantText, Notice, Page, Tag } from '#platform'
import { AssumptionsForm, formId } from './assumptions-form.tsx'
import type { Change } from './changes.ts'
import { ChangesList } from './changes-list.tsx'
import { SplitFigures } from './figures.tsx'
import type { ProposedLine } from './lines.ts'
import { LinesReasons } from './lines-table.tsx'
import type { Scenario } from './scenario.ts'
import type { ScenarioHead } from './store.ts'
import { LinesPart } from './trial.tsx'

export type ScenarioView = {
  place: Place
  campaign: Campaign
  scenario: Scenario
  /** Fewer than the scenario's for an elected member who takes no part in some of them. */
  lines: ProposedLine[]
  /** Files that this reader has not marked while marks are given. */
  unscoredCount: number
  envelopes: { id: string; name: string }[]
  companies: { id: string; name: string }[]
  /** The scenario it was made beside, and what changed since. */
  since?: { scenario: ScenarioHead; changes: Change[] } | undefined
  /** How many the season has. */
  count: number
  isProposed: boolean
  mayAct: boolean
  /** The season is at the stage where scenarios are made, and this person makes them. */
  mayCompute: boolean
  /** What tries other hypotheses in the browser; not for whom something is hidden from. */
  trial?: Trial | undefined
  /** Whether the browser that tried these hypotheses first had found the same digests. */
  seen?: 'same' | 'otherProblem' | 'otherResult' | undefined
  filled: Filled
}

export type Trial = { room: string; worker: string; script: string }

/** One scenario: four figures, the hypotheses, the chart, and the same figures in a table. */
export function ScenarioPage(view: ScenarioView) {
  const { place, campaign, scenario, lines, mayCompute, trial } = view
  const { say } = place
  const season = `${place.path}/${campaign.year}/allocation`
  const shown = { words: place, year: campaign.year, lines }
  const lineHref = (id: string) => `${season}/${scenario.id}/lines/${id}`
  return (
    <Page frame={place.frame} title={say('scenarios:title')}>
      <Head {...view} />
      {lines.length < scenario.lines.length && (
        <Notice>{say('scenarios:hidden', { count: scenario.lines.length - lines.length })}</Notice>
      )}
      {view.unscoredCount > 0 && (
        <Notice>{say('scenarios:unscored', { count: view.unscoredCount })}</Notice>
      )}
      {view.seen && (
        <Notice color={view.seen === 'same' ? 'success' : 'warning'}>
          {say(`scenarios:seen.${view.seen}`)}
        </Notice>
      )}
      <div id="trial-figures">
        <SplitFigures {...shown} figures={scenario.figures} />
      </div>
      <div class={mayCompute || trial ? 'columns' : undefined}>
        {(mayCompute || trial) && <Hypotheses {...view} />}
        <div class="stack">
          <section class="ds-card">
            <h2 class="ds-heading" data-size="xs">
              {say('scenarios:byAssociation')}
            </h2>
            {trial && <TrialPart trial={trial} place={place} />}
            <div id="trial-lines">
              <LinesPart {...shown} {...(mayCompute ? { lineHref } : {})} />
            </div>
          </section>
          <Since {...view} />
        </div>
      </div>
      <div id="trial-reasons">
        <LinesReasons {...shown} />
      </div>
      <Seals {...view} />
    </Page>
  )
}

function Since({ place, campaign, scenario, since }: ScenarioView) {
  const { say } = place
  if (!since) return null
  const both = `a=${since.scenario.id}&b=${scenario.id}`
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="xs">
        {say('scenarios:sinceTitle', { name: since.scenario.name })}
      </h2>
      <ChangesList changes={since.changes} words={place} />
      <p>
        <a class="ds-link" href={`${place.path}/${campaign.year}/allocation/compare?${both}`}>
          {say('scenarios:compareBoth')}
        </a>
      </p>
    </section>
  )
}

function Hypotheses({ place, campaign, scenario, ...view }: ScenarioView) {
  const { say } = place
  return (
    <AssumptionsForm
      action={`${place.path}/${campaign.year}/allocation`}
      from={scenario.id}
      envelopes={view.envelopes}
      companies={view.companies}
      value={scenario.assumptions}
      name={say('scenarios:firstName', { count: view.count + 1 })}
      filled={view.filled}
      mayKeep={view.mayCompute}
    />
  )
}

/** Hidden until the browser can compute; then it says at each move where the figures come from. */
function TrialPart({ trial, place: { say } }: { trial: Trial; place: Place }) {
  return (
    <metis-trial
      class="trial"
      hidden
      data-form={formId}
      data-worker={trial.worker}
      data-waiting={say('scenarios:live.waiting')}
      data-cancelled={say('scenarios:live.cancelled')}
      data-broken={say('scenarios:live.broken')}
    >
      <p class="ds-paragraph" role="status">
        {say('scenarios:live.ready')}
      </p>
      <progress max="1" value="0" hidden aria-label={say('scenarios:live.progress')} />
      <button class="ds-button" data-variant="secondary" data-size="sm" type="button" hidden>
        {say('scenarios:live.cancel')}
      </button>
      <div id="trial-changes" />
      {['problemSha256', 'resultSha256'].map((name) => (
        <input type="hidden" form={formId} name={name} value="" />
      ))}
      <script type="application/json" dangerouslySetInnerHTML={{ __html: trial.room }} />
      <script type="module" src={trial.script} />
    </metis-trial>
  )
}

function Head({ place, campaign, scenario, isProposed, mayAct }: ScenarioView) {
  const { say, language } = place
  const season = `${place.path}/${campaign.year}`
  const here = `${season}/allocation/${scenario.id}`
  return (
    <div class="head">
      <div>
        <h1 class="ds-heading" data-size="lg">
          {say('scenarios:title')}
        </h1>
        <p class="lead">
          {say('scenarios:named', { name: scenario.name })}{' '}
          <InstantText value={scenario.computedAt} language={language} />{' '}
          {scenario.isSound ? (
            <Tag color="success">{say('scenarios:sound')}</Tag>
          ) : (
            <Tag color="danger">{say('scenarios:unsound')}</Tag>
          )}{' '}
          {isProposed && <Tag color="info">{say('scenarios:proposed')}</Tag>}
        </p>
      </div>
      <div class="actions">
        <a
          class="ds-button"
          data-variant="secondary"
          href={`${season}/allocation?a=${scenario.id}`}
        >
          {say('scenarios:compare')}
        </a>
        {mayAct && (
          <a class="ds-button" data-variant="secondary" href={`${here}/lines.ods`}>
            {say('scenarios:exportOds')}
          </a>
        )}
        {mayAct && !isProposed && (
          <form method="post" action={`${here}/proposal`}>
            <button class="ds-button" type="submit">
              {say('scenarios:propose')}
            </button>
          </form>
        )}
        {isProposed && (
          <a class="ds-button" href={`${season}/decisions`}>
            {say('scenarios:toDecisions')}
          </a>
        )}
      </div>
    </div>
  )
}

/** What lets anyone find the same split again. */
function Seals({ place, campaign, scenario, mayAct }: ScenarioView) {
  const { say } = place
  const here = `${place.path}/${campaign.year}/allocation/${scenario.id}`
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="xs">
        {say('scenarios:seals')}
      </h2>
      <dl class="facts">
        <dt>{say('scenarios:again.digest.problem')}</dt>
        <dd>
          <code>{scenario.problemSha256}</code>
        </dd>
        <dt>{say('scenarios:again.digest.result')}</dt>
        <dd>
          <code>{scenario.resultSha256}</code>
        </dd>
      </dl>
      <p class="actions">
        {mayAct &&
          (['problem', 'result'] as const).map((part) => (
            <a class="ds-link" href={`${here}/${part}.json`}>
              {say(`scenarios:file.${part}`)}
            </a>
          ))}
        <a class="ds-link" href={`${place.path}/recompute`}>
          {say('scenarios:again.title')}
        </a>
      </p>
    </section>
  )
}
