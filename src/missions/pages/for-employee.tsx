import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { Notice, Page } from '#platform'
import {
  gateSentence,
  gateShut,
  type Line,
  linesOf,
  openingsFor,
  type PreparedSeeker,
  reasonsOf,
} from '../matching/index.ts'
import type { Matching } from '../matching-of.ts'
import { associationsOf, type Mission, stateOf } from '../rules/index.ts'
import type { Details } from '../store/index.ts'
import { MissionLine, RulesLink } from './calling.tsx'
import { StateTag } from './parts.tsx'

export type EmployeeListProps = {
  place: Place
  campaign: Campaign
  /** Those of the person's company. */
  missions: Mission[]
  mineIds: Set<string>
  details: Map<string, Details>
  matching: Matching
  seeker: PreparedSeeker
  /** They came from the public list for a mission of another company. */
  isElsewhere: boolean
}

/** One's own first, then those that look for somebody, the most fitting first, each with its why. */
export function EmployeeListPage(props: EmployeeListProps) {
  const { place, campaign, missions, mineIds, isElsewhere } = props
  const { say, path } = place
  const mine = missions.filter(({ id }) => mineIds.has(id))
  return (
    <Page frame={place.frame} title={say('missions:title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('missions:heading', { year: campaign.year })}
      </h1>
      <p class="lead">{say('matching:mine.lead')}</p>
      <p class="actions">
        <a class="ds-button" data-variant="secondary" href={`${path}/missions/wishes`}>
          {say('matching:wishes.title')}
        </a>
        <a class="ds-button" data-variant="tertiary" href={`${path}/missions/calendar`}>
          {say('matching:calendar.title')}
        </a>
      </p>
      {isElsewhere && <Notice>{say('matching:mine.elsewhere')}</Notice>}
      {mine.length > 0 && <Mine {...props} missions={mine} />}
      <Proposed {...props} />
      <RulesLink place={place} campaign={campaign} />
    </Page>
  )
}

function Mine({ place, missions }: EmployeeListProps) {
  const { say, path } = place
  return (
    <section class="stack">
      <h2 class="ds-heading" data-size="sm">
        {say('matching:mine.taken')}
      </h2>
      <ul class="todo">
        {missions.map((mission) => (
          <li>
            <span>
              <a class="ds-link" href={`${path}/missions/${mission.id}`}>
                {mission.title}
              </a>
              <br />
              {mission.associationName}
            </span>
            <StateTag place={place} state={stateOf(mission)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Proposed(props: EmployeeListProps) {
  const { place, missions, mineIds, matching, seeker } = props
  const { say } = place
  const open = missions.filter((one) => stateOf(one) === 'open' && !mineIds.has(one.id))
  const byId = new Map(open.map((mission) => [mission.id, mission]))
  const openings = open.map(matching.openingOf)
  const ranked = openingsFor(seeker, openings, matching.rules)
  const shut = openings.flatMap((opening) => {
    const gate = gateShut(seeker, opening)
    const mission = byId.get(opening.id)
    return gate && mission ? [{ mission, why: gateSentence(gate, seeker, opening, place) }] : []
  })
  if (open.length === 0) return <Notice>{say('matching:mine.none')}</Notice>
  return (
    <>
      {ranked.length > 0 && (
        <section class="stack">
          <h2 class="ds-heading" data-size="sm">
            {say('matching:mine.proposed')}
          </h2>
          <ol class="todo">
            {ranked.flatMap(({ one }) => {
              const mission = byId.get(one.id)
              const lines = linesOf(seeker, one, matching.rules, place)
              return mission ? [<Proposal {...props} mission={mission} lines={lines} />] : []
            })}
          </ol>
        </section>
      )}
      {shut.length > 0 && (
        <details class="ds-details">
          <summary>{say('matching:mine.shut', { count: shut.length })}</summary>
          <ul class="ds-list">
            {shut.map(({ mission, why }) => (
              <li>
                <a class="ds-link" href={`${place.path}/missions/${mission.id}`}>
                  {mission.title}
                </a>{' '}
                — {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Proposal(props: EmployeeListProps & { mission: Mission; lines: Line[] }) {
  const { place, mission, lines, details } = props
  const reasons = reasonsOf(lines)
  return (
    <li>
      <span>
        <a class="ds-link" href={`${place.path}/missions/${mission.id}`}>
          {mission.title}
        </a>
        <br />
        {associationsOf(mission, place.language)}
        <MissionLine place={place} mission={mission} details={details.get(mission.id)} />
        {reasons.length > 0 && (
          <>
            <br />
            <b>{reasons.join(' · ')}</b>
          </>
        )}
      </span>
    </li>
  )
}

/** On the mission's own page: every criterion with its points, its weight and its sentences. */
export function WhyList({ place, lines }: { place: Place; lines: Line[] }) {
  const { say } = place
  return (
    <details class="ds-details">
      <summary>{say('matching:why.title')}</summary>
      <ul class="ds-list">
        {lines.map(({ criterion, weight, points, sentences }) => (
          <li>
            <b>{say(`matching:criterion.${criterion}`)}</b> —{' '}
            {say('matching:why.line', { points, weight })}
            <br />
            <small class="hint">{sentences.join(' · ')}</small>
          </li>
        ))}
      </ul>
    </details>
  )
}
