import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { DayText, Page } from '#platform'
import { type Criterion, criteria, gates, type MatchRules } from '../matching/index.ts'

/** How missions are put in order, in words: read from the very figures that do it. */
export function MatchingRulesPage(props: { place: Place; campaign: Campaign; rules: MatchRules }) {
  const { place, campaign, rules } = props
  const { say, language, path } = place
  return (
    <Page frame={place.frame} title={say('matching:rules.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('matching:rules.title')}
      </h1>
      <p class="lead">{say('matching:rules.lead')}</p>
      <p class="ds-paragraph">
        {say('matching:rules.version', { version: rules.version })}{' '}
        <DayText value={rules.from} language={language} />
      </p>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('matching:rules.gates')}
        </h2>
        <p class="ds-paragraph">{say('matching:rules.gatesLead')}</p>
        <ul class="ds-list">
          {gates.map(({ name }) => (
            <li>{say(`matching:rules.gate.${name}`)}</li>
          ))}
        </ul>
      </section>
      <Weights place={place} rules={rules} />
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('matching:rules.ties')}
        </h2>
        <p class="ds-paragraph">{say('matching:rules.tiesLead')}</p>
        <p class="ds-paragraph">{say('matching:rules.free')}</p>
      </section>
      <p>
        <a class="ds-link" href={`${path}/${campaign.year}/missions`}>
          {say('matching:rules.back')}
        </a>{' '}
        ·{' '}
        <a class="ds-link" href={`${path}/${campaign.year}/missions/matching.json`}>
          {say('matching:rules.json')}
        </a>
      </p>
    </Page>
  )
}

function Weights({ place, rules }: { place: Place; rules: MatchRules }) {
  const { say } = place
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('matching:rules.weights')}
      </h2>
      <section class="table-scroll" tabindex={0} aria-label={say('matching:rules.weights')}>
        <table class="ds-table">
          <thead>
            <tr>
              <th scope="col">{say('matching:column.criterion')}</th>
              <th scope="col" class="num">
                {say('matching:column.weight')}
              </th>
              <th scope="col">{say('matching:column.points')}</th>
            </tr>
          </thead>
          <tbody>
            {criteria.map((criterion) => (
              <tr>
                <th scope="row">{say(`matching:criterion.${criterion}`)}</th>
                <td class="num">{rules.weights[criterion]}</td>
                <td>{pointsIn(place, rules, criterion)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function pointsIn({ say }: Place, { points }: MatchRules, criterion: Criterion): string {
  const { skill, turn, distance, cause, rhythm } = points
  const values = { skill, fairness: turn, distance, cause, rhythm }[criterion]
  return say(`matching:rules.points.${criterion}`, values)
}
