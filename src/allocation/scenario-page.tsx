import type { Campaign } from '#campaigns'
import { formatEuros } from '#kit'
import type { Place } from '#people'
import { Euros, Figure, type Filled, Hours, InstantText, Notice, Page, Tag } from '#platform'
import { AssumptionsForm } from './assumptions-form.tsx'
import { type Figures, lowestOf, type ProposedLine, percentOf } from './lines.ts'
import { ScenarioChart, ScenarioReasons, ScenarioTable } from './lines-table.tsx'
import { percentText } from './percent.ts'
import type { Scenario } from './scenario.ts'

export type ScenarioView = {
  place: Place
  campaign: Campaign
  scenario: Scenario
  /** Fewer than the scenario's for an elected member who takes no part in some of them. */
  lines: ProposedLine[]
  envelopes: { id: string; name: string }[]
  isProposed: boolean
  mayAct: boolean
  filled: Filled
}

/** One scenario: four figures, the hypotheses, the chart, and the same figures in a table. */
export function ScenarioPage(view: ScenarioView) {
  const { place, campaign, scenario, lines, envelopes, mayAct, filled } = view
  const { say } = place
  return (
    <Page frame={place.frame} title={say('scenarios:title')}>
      <Head {...view} />
      {lines.length < scenario.lines.length && (
        <Notice>{say('scenarios:hidden', { count: scenario.lines.length - lines.length })}</Notice>
      )}
      <FourFigures view={view} figures={scenario.figures} />
      <div class="columns">
        {mayAct && (
          <AssumptionsForm
            action={`${place.path}/${campaign.year}/allocation`}
            from={scenario.id}
            envelopes={envelopes}
            value={scenario.assumptions}
            name={say('scenarios:variantOf', { name: scenario.name })}
            filled={filled}
          />
        )}
        <section class="ds-card stack">
          <h2 class="ds-heading" data-size="xs">
            {say('scenarios:byAssociation')}
          </h2>
          <ScenarioChart place={place} campaign={campaign} lines={lines} />
          <ScenarioTable place={place} campaign={campaign} lines={lines} />
        </section>
      </div>
      <ScenarioReasons place={place} lines={lines} />
    </Page>
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

function FourFigures({ view, figures }: { view: ScenarioView; figures: Figures }) {
  const { place, campaign } = view
  const { say, language } = place
  const year = campaign.year - 1
  const euros = (value: Figures['cashCents']) => formatEuros(value, language)
  const lowest = lowestOf(view.lines)
  const compensated = percentOf(figures.compensatedCents, figures.fallCents)
  return (
    <section class="figures" aria-label={say('scenarios:keyFigures')}>
      <Figure
        label={say('scenarios:envelope')}
        note={say('scenarios:envelopeNote', {
          given: euros(figures.cashCents),
          before: euros(figures.baselineCents),
          year,
        })}
      >
        <Euros value={figures.envelopeCents} language={language} />
      </Figure>
      <Figure
        label={say('scenarios:hoursUsed')}
        note={
          <>
            {say('scenarios:hoursOf')} <Hours value={figures.supplyMinutes} language={language} />{' '}
            {say('scenarios:offeredBy', { count: figures.companyCount })}
          </>
        }
      >
        <Hours value={figures.usedMinutes} language={language} />
      </Figure>
      <Figure
        label={say('scenarios:compensated')}
        note={say('scenarios:compensatedNote', {
          part: euros(figures.compensatedCents),
          whole: euros(figures.fallCents),
        })}
      >
        {compensated === undefined
          ? say('scenarios:noFall')
          : percentText(compensated / 100, language)}
      </Figure>
      <Figure
        label={say('scenarios:lowest')}
        note={
          lowest
            ? say('scenarios:lowestNote', { name: lowest.associationName })
            : say('scenarios:everyoneServed')
        }
      >
        {lowest ? percentText(lowest.ratio, language) : '—'}
      </Figure>
    </section>
  )
}
