import { dayOf } from '#kit'
import { DayText, Notice, Tag } from '#platform'
import { sideIn } from '../access.ts'
import { type Incident, incidentStateOf } from '../rules/index.ts'
import type { MissionProps } from './mission.tsx'

/** What went wrong so far, and the door to say it. Whoever is not of the three reads that there is one. */
export function IncidentsCard(props: MissionProps) {
  const { place, mission, views, incidents } = props
  const { say, path } = place
  if (!mission.agreement?.effectiveAt) return null
  if (!sideIn(place, mission, views)) return <ThatThereIs {...props} />
  const address = `${path}/missions/${mission.id}/incidents`
  return (
    <section class="ds-card" id="incidents">
      <h2 class="ds-heading" data-size="sm">
        {say('incidents:card.title')}
      </h2>
      {incidents.length > 0 && (
        <ul class="todo">
          {incidents.map((incident) => (
            <li>
              <a class="ds-link" href={`${address}/${incident.id}`}>
                {say(`incidents:kind.${incident.kind}`)},{' '}
                <DayText value={dayOf(incident.happenedAt)} language={place.language} />
              </a>
              <IncidentTag {...{ incident, say }} />
            </li>
          ))}
        </ul>
      )}
      <p>
        <a class="ds-link" href={`${address}/new`}>
          {say('incidents:card.report')}
        </a>
      </p>
    </section>
  )
}

export function IncidentTag({
  incident,
  say,
}: {
  incident: Incident
  say: MissionProps['place']['say']
}) {
  const state = incidentStateOf(incident)
  const isOver = state === 'closed'
  return <Tag color={isOver ? 'success' : 'warning'}>{say(`incidents:state.${state}`)}</Tag>
}

function ThatThereIs({ place, views, incidents }: MissionProps) {
  const { say, language } = place
  if (!views.includes('commune')) return null
  return (
    <>
      {incidents.map((incident) => {
        const now = incidentStateOf(incident) === 'closed' ? 'closed' : 'open'
        return (
          <Notice color="warning">
            {say('incidents:exists.reported')}{' '}
            <DayText value={dayOf(incident.reportedAt)} language={language} />
            {'. '}
            {say(`incidents:exists.${now}`)}
          </Notice>
        )
      })}
    </>
  )
}
