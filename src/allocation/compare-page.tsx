import type { Campaign } from '#campaigns'
import { type Cents, cents } from '#kit'
import type { Place } from '#people'
import { Euros, Hours, Page } from '#platform'
import { minutesOf, type ProposedLine } from './lines.ts'
import { percentText } from './percent.ts'
import type { Scenario } from './scenario.ts'

type Pair = { associationId: string; name: string; a?: ProposedLine; b?: ProposedLine }

type CompareView = {
  place: Place
  campaign: Campaign
  a: Scenario
  b: Scenario
  hidden: Set<string>
}

/** Two scenarios side by side, association by association: who gains, who loses, in words too. */
export function ComparePage({ place, campaign, a, b, hidden }: CompareView) {
  const { say } = place
  const pairs = pairsOf(a, b).filter(({ associationId }) => !hidden.has(associationId))
  const season = `${place.path}/${campaign.year}/allocation`
  return (
    <Page frame={place.frame} title={say('scenarios:compareTitle')}>
      <h1 class="ds-heading" data-size="lg">
        {say('scenarios:compareTitle')}
      </h1>
      <p class="lead">
        <a class="ds-link" href={`${season}/${a.id}`}>
          {a.name}
        </a>
        {' → '}
        <a class="ds-link" href={`${season}/${b.id}`}>
          {b.name}
        </a>
      </p>
      <section class="table-scroll" tabindex={0} aria-label={say('scenarios:tableLabel')}>
        <table class="ds-table" data-size="sm">
          <caption class="visually-hidden">{say('scenarios:compareTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('scenarios:association')}</th>
              {[a, b].map(({ name }) => (
                <th scope="col" class="num">
                  {name}
                </th>
              ))}
              <th scope="col" class="num">
                {say('scenarios:difference')}
              </th>
            </tr>
          </thead>
          <tbody>
            {pairs.map((pair) => (
              <PairRow pair={pair} place={place} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">{say('scenarios:indicative')}</p>
    </Page>
  )
}

function PairRow({ pair, place }: { pair: Pair; place: Place }) {
  const { say, language } = place
  const change = cents((pair.b?.totalCents ?? 0n) - (pair.a?.totalCents ?? 0n))
  return (
    <tr>
      <th scope="row">{pair.name}</th>
      <Given line={pair.a} place={place} />
      <Given line={pair.b} place={place} />
      <td class="num">
        {change === 0n ? (
          say('scenarios:same')
        ) : (
          <>
            {say(change > 0n ? 'scenarios:gains' : 'scenarios:loses')}{' '}
            <Euros value={absolute(change)} language={language} />
          </>
        )}
      </td>
    </tr>
  )
}

function Given({ line, place }: { line: ProposedLine | undefined; place: Place }) {
  const { language } = place
  if (!line) return <td class="num">—</td>
  return (
    <td class="num">
      <Euros value={line.cashCents} language={language} />
      <small>
        <Hours value={minutesOf(line)} language={language} /> · {percentText(line.ratio, language)}
      </small>
    </td>
  )
}

function pairsOf(a: Scenario, b: Scenario): Pair[] {
  const pairs = new Map<string, Pair>()
  for (const line of a.lines)
    pairs.set(line.associationId, {
      associationId: line.associationId,
      name: line.associationName,
      a: line,
    })
  for (const line of b.lines)
    pairs.set(line.associationId, {
      associationId: line.associationId,
      name: line.associationName,
      ...pairs.get(line.associationId),
      b: line,
    })
  return [...pairs.values()].sort((one, other) => one.name.localeCompare(other.name, 'fr'))
}

function absolute(value: Cents): Cents {
  return value < 0n ? cents(-value) : value
}
