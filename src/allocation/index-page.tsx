import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { type Filled, InstantText, Notice, Page, Tag } from '#platform'
import type { Assumptions } from './assumptions.ts'
import { AssumptionsForm } from './assumptions-form.tsx'
import type { ScenarioHead } from './store.ts'

export type IndexView = {
  place: Place
  campaign: Campaign
  scenarios: ScenarioHead[]
  proposedId: string | undefined
  envelopes: { id: string; name: string }[]
  companies: { id: string; name: string }[]
  usual: Assumptions
  mayAct: boolean
  /** The scenario to compare with another, when one was chosen. */
  compared?: string | undefined
  filled: Filled
}

/** The scenarios of the season, and the form that makes one. */
export function IndexPage(view: IndexView) {
  const { place, campaign, scenarios, envelopes, companies, usual, mayAct, filled } = view
  const { say } = place
  const here = `${place.path}/${campaign.year}/allocation`
  return (
    <Page frame={place.frame} title={say('scenarios:title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('scenarios:title')}
      </h1>
      <p class="lead">{say('scenarios:lead')}</p>
      <div class={mayAct ? 'columns' : 'narrow'}>
        {mayAct && (
          <AssumptionsForm
            action={here}
            envelopes={envelopes}
            companies={companies}
            value={usual}
            name={say('scenarios:firstName', { count: scenarios.length + 1 })}
            filled={filled}
          />
        )}
        <section class="ds-card">
          <h2 class="ds-heading" data-size="xs">
            {say('scenarios:list')}
          </h2>
          {scenarios.length === 0 ? (
            <Notice>{say('scenarios:noneYet')}</Notice>
          ) : (
            <ul class="todo">
              {scenarios.map((scenario) => (
                <Item scenario={scenario} view={view} />
              ))}
            </ul>
          )}
          {scenarios.length > 1 && <CompareForm view={view} />}
        </section>
      </div>
    </Page>
  )
}

function Item({ scenario, view }: { scenario: ScenarioHead; view: IndexView }) {
  const { place, campaign, proposedId } = view
  const { say, language } = place
  return (
    <li>
      <span>
        <a class="ds-link" href={`${place.path}/${campaign.year}/allocation/${scenario.id}`}>
          {scenario.name}
        </a>{' '}
        {scenario.id === proposedId && <Tag color="info">{say('scenarios:proposed')}</Tag>}
      </span>
      <InstantText value={scenario.computedAt} language={language} />
    </li>
  )
}

function CompareForm({ view }: { view: IndexView }) {
  const { place, campaign, scenarios, compared } = view
  const { say } = place
  const chosen = {
    a: compared ?? scenarios[1]?.id,
    b: scenarios.find(({ id }) => id !== compared)?.id,
  }
  return (
    <form
      class="row"
      method="get"
      action={`${place.path}/${campaign.year}/allocation/compare`}
      aria-label={say('scenarios:compareTitle')}
    >
      {(['a', 'b'] as const).map((side) => (
        <div class="ds-field">
          <label class="ds-label" for={side}>
            {say(`scenarios:side.${side}`)}
          </label>
          <select class="ds-input" id={side} name={side}>
            {scenarios.map(({ id, name }) => (
              <option value={id} selected={id === chosen[side]}>
                {name}
              </option>
            ))}
          </select>
        </div>
      ))}
      <button class="ds-button" data-variant="secondary" type="submit">
        {say('scenarios:compare')}
      </button>
    </form>
  )
}
