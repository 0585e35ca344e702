import { type Minutes, sumCents } from '#kit'
import {
  DayText,
  Euros,
  type Filled,
  Hours,
  type Language,
  RefusalSummary,
  type Say,
  Submit,
} from '#platform'
import type { Campaign, Settings } from './rules.ts'
import { mayBeCancelled, nextState, states } from './states.ts'

export type Season = {
  campaign: Campaign
  settings: Settings
  confirmedMinutes: Minutes
  path: string
  language: Language
  filled: Filled
  /** An elected member reads; an agent opens the steps. */
  mayChange: boolean
}

/** Where the season stands, what comes next, and the rule in figures. */
export function SeasonPage(season: Season) {
  const { campaign, filled, mayChange } = season
  const { say } = filled
  return (
    <>
      <h1 class="ds-heading" data-size="lg">
        {campaign.title}
      </h1>
      <RefusalSummary filled={filled} />
      <SeasonSteps campaign={season.campaign} say={season.filled.say} />
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say(`campaigns:state.${campaign.state}`)}
        </h2>
        <p class="ds-paragraph">{say(`campaigns:meaning.${campaign.state}`)}</p>
        {mayChange && <NextStep {...season} />}
      </section>
      <div class="halves">
        <Calendar {...season} />
        <Rule {...season} />
      </div>
      <div class="halves">
        <Envelopes {...season} />
        <Criteria {...season} />
      </div>
      <Families {...season} />
      {mayChange && <OtherDeeds {...season} />}
    </>
  )
}

/** Where do we stand? The line of states; the words carry the state, the mark repeats it. */
export function SeasonSteps({ campaign, say }: { campaign: Campaign; say: Say }) {
  const line: readonly string[] = states
  const at = line.indexOf(campaign.state)
  return (
    <ol class="steps" aria-label={say('campaigns:steps')}>
      {states.map((state, rank) => (
        <li
          class={rank < at ? 'done' : undefined}
          aria-current={state === campaign.state ? 'step' : undefined}
        >
          {say(`campaigns:state.${state}`)}
        </li>
      ))}
    </ol>
  )
}

function NextStep({ campaign, confirmedMinutes, path, language, filled: { say } }: Season) {
  const next = nextState(campaign.state)
  if (!next) return null
  return (
    <>
      {next === 'applying' && (
        <p class="ds-paragraph">
          {say('campaigns:confirmedSoFar')} <Hours value={confirmedMinutes} language={language} />.
        </p>
      )}
      <p class="hint">{say(`campaigns:before.${next}`)}</p>
      <form method="post" action={`${path}/${campaign.year}/states`}>
        <input type="hidden" name="state" value={next} />
        <Submit>{say(`campaigns:open.${next}`)}</Submit>
      </form>
    </>
  )
}

function Calendar({ campaign, language, filled: { say } }: Season) {
  const fields = [
    'pledgesCloseOn',
    'applicationsCloseOn',
    'councilOn',
    'startsOn',
    'endsOn',
  ] as const
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('campaigns:form.calendar')}
      </h2>
      <dl class="facts">
        {fields.map((field) => (
          <>
            <dt>{say(`campaigns:field.${field}`)}</dt>
            <dd>
              <DayText value={campaign[field]} language={language} />
            </dd>
          </>
        ))}
      </dl>
    </section>
  )
}

function Rule({ campaign, language, filled: { say } }: Season) {
  const shares = [
    'floorPercent',
    'weightLowPercent',
    'weightHighPercent',
    'totalCapPercent',
    'reservePercent',
  ] as const
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('campaigns:form.rule')}
      </h2>
      <dl class="facts">
        {shares.map((field) => (
          <>
            <dt>{say(`campaigns:field.${field}`)}</dt>
            <dd>{campaign[field]} %</dd>
          </>
        ))}
        <dt>{say('campaigns:field.cashUnitCents')}</dt>
        <dd>
          <Euros value={campaign.cashUnitCents} language={language} />
        </dd>
        <dt>{say('campaigns:field.referenceHourlyCents')}</dt>
        <dd>
          <Euros value={campaign.referenceHourlyCents} language={language} />
        </dd>
      </dl>
    </section>
  )
}

function Envelopes({ settings, language, filled: { say } }: Season) {
  const total = sumCents(settings.envelopes.map(({ cashCents }) => cashCents))
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('campaigns:form.envelopes')}
      </h2>
      <dl class="facts">
        {settings.envelopes.map(({ name, cashCents }) => (
          <>
            <dt>{name}</dt>
            <dd>
              <Euros value={cashCents} language={language} />
            </dd>
          </>
        ))}
        <dt>{say('campaigns:total')}</dt>
        <dd>
          <b>
            <Euros value={total} language={language} />
          </b>
        </dd>
      </dl>
    </section>
  )
}

function Criteria({ settings, filled: { say } }: Season) {
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('campaigns:form.criteria')}
      </h2>
      <dl class="facts">
        {settings.criteria.map(({ label, weight }) => (
          <>
            <dt>{label}</dt>
            <dd>{say('campaigns:weight', { weight })}</dd>
          </>
        ))}
      </dl>
    </section>
  )
}

function Families({ settings, filled: { say } }: Season) {
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('campaigns:form.families')}
      </h2>
      <ul class="legend">
        {settings.families.map((family) => (
          <li>{say(`campaigns:family.${family}`)}</li>
        ))}
      </ul>
    </section>
  )
}

function OtherDeeds({ campaign, path, filled: { say } }: Season) {
  const address = `${path}/${campaign.year}`
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('campaigns:other.title')}
      </h2>
      <div class="actions">
        {campaign.state === 'draft' && (
          <a class="ds-button" data-variant="secondary" href={`${address}/settings`}>
            {say('campaigns:other.change')}
          </a>
        )}
        <form method="post" action={`${address}/copies`}>
          <input type="hidden" name="year" value={campaign.year + 1} />
          <button class="ds-button" data-variant="secondary" type="submit">
            {say('campaigns:other.copy', { year: campaign.year + 1 })}
          </button>
        </form>
        {mayBeCancelled(campaign.state) && (
          <form method="post" action={`${address}/states`}>
            <input type="hidden" name="state" value="cancelled" />
            <button class="ds-button" data-variant="tertiary" data-color="danger" type="submit">
              {say('campaigns:other.cancel')}
            </button>
          </form>
        )}
      </div>
    </section>
  )
}
