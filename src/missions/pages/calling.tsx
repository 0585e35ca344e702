import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { DayText, Hours, Notice, Page, Tag } from '#platform'
import { rhythmOf } from '../matching/index.ts'
import { associationsOf, type Mission, sharedMinutes } from '../rules/index.ts'
import type { Details } from '../store/index.ts'

type Props = {
  place: Place
  campaign: Campaign
  /** Those that look for somebody. */
  missions: Mission[]
  details: Map<string, Details>
  /** `asked`: a person without that part has just tried to offer their help. */
  offer: 'open' | 'closed' | 'asked'
}

/** What anyone may see, without an account: what is asked, by whom, when and where; no person. */
export function CallingPage({ place, campaign, missions, details, offer }: Props) {
  const { say, path } = place
  return (
    <Page frame={place.frame} title={say('missions:title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('matching:calling.title', { commune: place.territory.name })}
      </h1>
      <p class="lead">{say('matching:calling.lead')}</p>
      {offer === 'asked' && <Notice color="warning">{say('matching:calling.notEmployee')}</Notice>}
      {missions.length === 0 && <Notice>{say('matching:calling.none')}</Notice>}
      <ul class="todo">
        {missions.map((mission) => (
          <li>
            <span>
              <b>{mission.title}</b>
              <br />
              {associationsOf(mission, place.language)}
              <MissionLine place={place} mission={mission} details={details.get(mission.id)} />
            </span>
            {offer === 'open' && (
              <a class="ds-button" data-size="sm" href={`${path}/missions/${mission.id}/offer`}>
                {say('missions:apply.button')}
                <span class="visually-hidden"> — {mission.title}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
      <RulesLink place={place} campaign={campaign} />
    </Page>
  )
}

/** Skill, hours, rhythm, period and place, on one line. */
export function MissionLine(props: {
  place: Place
  mission: Mission
  details: Details | undefined
}) {
  const { place, mission, details } = props
  const { say, language } = place
  const agreed = sharedMinutes(mission)
  const rhythm = rhythmOf(agreed)
  return (
    <>
      <br />
      {say(`campaigns:family.${mission.family}`)} · <Hours value={agreed} language={language} />{' '}
      {rhythm === 'flash' ? (
        <Tag color="hours">{say('matching:rhythm.flash')}</Tag>
      ) : (
        <>({say(`matching:rhythm.${rhythm}`)})</>
      )}
      <br />
      <DayText value={mission.startsOn} language={language} /> —{' '}
      <DayText value={mission.endsOn} language={language} /> ·{' '}
      {mission.modality === 'remote'
        ? say('missions:modality.remote')
        : `${say(`missions:modality.${mission.modality}`)}, ${details?.place || place.territory.name}`}
    </>
  )
}

export function RulesLink({ place, campaign }: { place: Place; campaign: Campaign }) {
  return (
    <p>
      <a class="ds-link" href={`${place.path}/${campaign.year}/missions/matching`}>
        {place.say('matching:rules.title')}
      </a>
    </p>
  )
}
