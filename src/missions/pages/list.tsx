import type { Campaign } from '#campaigns'
import { type Minutes, sumMinutes } from '#kit'
import type { Place } from '#people'
import { type Filled, Hours, InstantText, Notice, Page, RefusalSummary, Submit } from '#platform'
import { holds, viewsOf } from '../access.ts'
import { type Mission, stateOf } from '../rules/index.ts'
import type { Waiting } from '../store/index.ts'
import { StateTag } from './parts.tsx'

export type ListProps = {
  place: Place
  campaign: Campaign
  missions: Mission[]
  /** The commune sees figures by company and family, never who helps. */
  isForCommune: boolean
  mineIds: Set<string>
  awaitingCount: number
  /** Who waits for somebody's word, and since when. */
  waits: Waiting[]
  /** In how many working days this association usually answers. */
  usualDays: number | undefined
  filled: Filled
}

export function MissionsPage(props: ListProps) {
  const { place, campaign, missions, isForCommune, awaitingCount, usualDays, filled } = props
  const { say, path } = place
  return (
    <Page frame={place.frame} title={say('missions:title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('missions:heading', { year: campaign.year })}
      </h1>
      <p class="lead">{say(isForCommune ? 'missions:leadCommune' : 'missions:lead')}</p>
      <RefusalSummary filled={filled} />
      {awaitingCount > 0 && (
        <form class="ds-card" method="post" action={`${path}/${campaign.year}/missions`}>
          <p class="ds-paragraph">{say('missions:awaiting', { count: awaitingCount })}</p>
          <Submit>{say('missions:publish')}</Submit>
        </form>
      )}
      {holds(place, ['company.employee']) && (
        <p>
          <a class="ds-link" href={`${path}/${campaign.year}/missions?mine=yes`}>
            {say('matching:mine.proposed')}
          </a>
        </p>
      )}
      {usualDays !== undefined && (
        <p class="ds-paragraph">{say('matching:clock.usual', { count: usualDays })}</p>
      )}
      {missions.length === 0 && <Notice>{say('missions:none')}</Notice>}
      {isForCommune ? <ByCompany {...props} /> : <Cards {...props} />}
      {!isForCommune && (
        <p>
          <a class="ds-link" href={`${path}/missions/calendar`}>
            {say('matching:calendar.title')}
          </a>
        </p>
      )}
    </Page>
  )
}

/** On a phone: mine first, then those that wait for somebody. */
function Cards({ place, missions, mineIds, waits }: ListProps) {
  const { say, language } = place
  const rank = (mission: Mission) =>
    mineIds.has(mission.id) ? 0 : stateOf(mission) === 'open' ? 1 : 2
  const waitOf = (mission: Mission) =>
    waits.find((wait) => wait.missionId === mission.id && isMine(place, mission, wait))
  const sorted = [...missions].sort((a, b) => rank(a) - rank(b))
  return (
    <ul class="todo">
      {sorted.map((mission) => (
        <li>
          <span>
            <a class="ds-link" href={`${place.path}/missions/${mission.id}`}>
              {mission.title}
            </a>
            <br />
            {mission.associationName} · {say(`campaigns:family.${mission.family}`)} ·{' '}
            <Hours value={mission.agreedMinutes} language={language} />
            {mission.shared && <> · {say('sharing:shared')}</>}
            {mineIds.has(mission.id) && <b> · {say('missions:mine')}</b>}
            <Since place={place} wait={waitOf(mission)} />
          </span>
          <StateTag place={place} state={stateOf(mission)} />
        </li>
      ))}
    </ul>
  )
}

/** Whose answer is awaited: no other eyes than theirs see the clock. */
function isMine(place: Place, mission: Mission, { awaited, employeeId }: Waiting): boolean {
  const views = viewsOf(place, mission)
  if (awaited === 'candidacy') return views.includes('association')
  return views.includes('company') && employeeId !== place.actor?.personId
}

function Since({ place, wait }: { place: Place; wait: Waiting | undefined }) {
  if (!wait) return null
  return (
    <small class="hint">
      <br />
      {place.say('matching:clock.since')}{' '}
      <InstantText value={wait.since} language={place.language} />
    </small>
  )
}

function ByCompany({ place, missions, waits }: ListProps) {
  const { say, language } = place
  if (missions.length === 0) return null
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('missions:byCompany')}
      </h2>
      <section class="table-scroll" tabindex={0} aria-label={say('missions:byCompany')}>
        <table class="ds-table">
          <thead>
            <tr>
              <th scope="col">{say('missions:column.company')}</th>
              <th scope="col">{say('missions:column.family')}</th>
              <th scope="col">{say('missions:column.association')}</th>
              <th scope="col">{say('missions:column.state')}</th>
              <th scope="col" class="num">
                {say('missions:column.agreed')}
              </th>
              <th scope="col" class="num">
                {say('missions:column.done')}
              </th>
            </tr>
          </thead>
          <tbody>
            {missions.map((mission) => (
              <tr>
                <th scope="row">{mission.companyName}</th>
                <td>{say(`campaigns:family.${mission.family}`)}</td>
                <td>
                  <a class="ds-link" href={`${place.path}/missions/${mission.id}`}>
                    {mission.associationName}
                    <span class="visually-hidden"> — {mission.title}</span>
                  </a>
                </td>
                <td>
                  <StateTag place={place} state={stateOf(mission)} />
                  {waits.some(({ missionId }) => missionId === mission.id) && (
                    <small class="hint"> {say('missions:standIn.since')}</small>
                  )}
                </td>
                <td class="num">
                  <Hours value={mission.agreedMinutes} language={language} />
                </td>
                <td class="num">
                  <Hours value={mission.approvedMinutes} language={language} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colspan={4}>
                {say('missions:column.total')}
              </th>
              <td class="num">
                <Hours value={total(missions, 'agreedMinutes')} language={language} />
              </td>
              <td class="num">
                <Hours value={total(missions, 'approvedMinutes')} language={language} />
              </td>
            </tr>
          </tfoot>
        </table>
      </section>
    </section>
  )
}

function total(missions: Mission[], of: 'agreedMinutes' | 'approvedMinutes'): Minutes {
  return sumMinutes(missions.map((mission) => mission[of]))
}
