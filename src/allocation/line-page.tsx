import type { Campaign } from '#campaigns'
import { formatHours, minutes } from '#kit'
import type { Place } from '#people'
import {
  AreaField,
  type Filled,
  Notice,
  OnceKey,
  Page,
  RefusalSummary,
  SelectField,
  TextField,
} from '#platform'
import type { Change } from './changes.ts'
import { ChangesList, Difference } from './changes-list.tsx'
import type { Pool, Problem } from './engine/index.ts'
import { familyName } from './explanation/wording.ts'
import type { SeasonRequest } from './facts.ts'
import { poolsFor } from './overrides.ts'
import type { Scenario } from './scenario.ts'

export type LineView = {
  place: Place
  campaign: Campaign
  scenario: Scenario
  request: SeasonRequest
  /** What the split would be computed from. */
  problem: Problem
  /** What the decision costs, once it was asked: against the split without it. */
  cost?: { changes: Change[]; resultSha256: string } | undefined
  filled: Filled
}

/** One line decided by hand: what, why, and, before it is kept, what it costs the others. */
export function LinePage(view: LineView) {
  const { place, campaign, scenario, request, cost, filled } = view
  const { say } = place
  const scenarioHref = `${place.path}/${campaign.year}/allocation/${scenario.id}`
  const here = `${scenarioHref}/lines/${request.applicationId}`
  const isPinned = scenario.assumptions.overrides.some(
    ({ associationId }) => associationId === request.associationId,
  )
  const title = say('scenarios:lineTitle', { name: request.associationName })
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say('scenarios:lineLead')}{' '}
        <a class="ds-link" href={scenarioHref}>
          {say('scenarios:backTo', { name: scenario.name })}
        </a>
      </p>
      <RefusalSummary filled={filled} />
      <div class="halves">
        <form class="ds-card stack" method="post" action={`${here}/cost`}>
          <OnceKey />
          <TextField
            filled={filled}
            name="cash"
            label={say('scenarios:pinCash')}
            hint={say('scenarios:pinCashHint')}
            inputmode="decimal"
            suffix="€"
          />
          {request.isHoursEligible &&
            request.needs.map((need) => <NeedFields need={need} view={view} />)}
          <AreaField
            filled={filled}
            name="reason"
            label={say('scenarios:pinReason')}
            hint={say('scenarios:pinReasonHint')}
            required
          />
          <button class="ds-button" data-variant={cost ? 'secondary' : undefined} type="submit">
            {say('scenarios:showCost')}
          </button>
          {cost && (
            <>
              <input type="hidden" name="shown" value={cost.resultSha256} />
              <button class="ds-button" type="submit" formaction={`${here}/override`}>
                {say('scenarios:keepLine')}
              </button>
            </>
          )}
        </form>
        <div class="stack">
          <Cost view={view} />
          {isPinned && (
            <form class="ds-card" method="post" action={`${here}/release`}>
              <p class="ds-paragraph">{say('scenarios:releaseLead')}</p>
              <OnceKey />
              <button class="ds-button" data-variant="secondary" type="submit">
                {say('scenarios:release')}
              </button>
            </form>
          )}
        </div>
      </div>
    </Page>
  )
}

type NeedView = { need: SeasonRequest['needs'][number]; view: LineView }

function NeedFields({ need, view: { place, problem, filled } }: NeedView) {
  const { say, language } = place
  const family = familyName(say, need.family)
  const span = {
    least: formatHours(minutes(need.minMinutes), language),
    most: formatHours(minutes(need.maxMinutes), language),
  }
  const companies = new Map(problem.companies.map(({ id, name }) => [id, name ?? id]))
  const poolName = (pool: Pool) =>
    say('scenarios:pool', {
      company: companies.get(pool.companyId),
      hours: formatHours(minutes(pool.minutes), language),
      block: formatHours(minutes(pool.blockMinutes), language),
    })
  return (
    <fieldset class="stack">
      <legend>{family}</legend>
      <SelectField
        filled={filled}
        name={`pool-${need.id}`}
        label={say('scenarios:pinPool')}
        choices={[
          { value: '', label: say('scenarios:pinNothing') },
          { value: 'none', label: say('scenarios:pinNoHours') },
          ...poolsFor(need.family, problem.pools).map((pool) => ({
            value: pool.id,
            label: poolName(pool),
          })),
        ]}
      />
      <TextField
        filled={filled}
        name={`hours-${need.id}`}
        label={say('scenarios:pinHours')}
        hint={say('scenarios:pinHoursHint', span)}
        inputmode="decimal"
        suffix="h"
      />
    </fieldset>
  )
}

function Cost({ view: { place, request, cost } }: { view: LineView }) {
  const { say } = place
  if (!cost) return <Notice>{say('scenarios:costLater')}</Notice>
  const isOwn = ({ associationId }: Change) => associationId === request.associationId
  return (
    <section class="ds-card" id="cost">
      <h2 class="ds-heading" data-size="xs">
        {say('scenarios:costTitle')}
      </h2>
      <p class="ds-paragraph">
        {request.associationName} <Difference change={cost.changes.find(isOwn)} words={place} />
      </p>
      <ChangesList changes={cost.changes.filter((one) => !isOwn(one))} words={place} />
    </section>
  )
}
