import type { SeatPoint } from '#applications'
import type { CeremonyRow, Signature } from '#documents'
import type { Day } from '#kit'
import { actorOf, type Place } from '#people'
import { DayText, type Filled, Hours, Page, RefusalSummary, Submit, TextField } from '#platform'
import type { View } from '../access.ts'
import type { Sharing } from '../actions/index.ts'
import type { Line } from '../matching/index.ts'
import type { Candidate } from '../matching-of.ts'
import {
  type Candidacy,
  type Entry,
  type Incident,
  leftMinutes,
  type Mission,
  stateOf,
} from '../rules/index.ts'
import type { Details } from '../store/index.ts'
import { IncidentsCard } from './incidents.tsx'
import { NextStep } from './next-step.tsx'
import { Secondary, StateTag } from './parts.tsx'
import { ReviewCard } from './review.tsx'
import { SharedWith } from './sharing.tsx'

export type MissionProps = {
  place: Place
  mission: Mission
  views: View[]
  /** Shown to the association; to an employee, their own alone. */
  candidacies: Candidacy[]
  entries: Entry[]
  /** From when the commune may count confirmed hours without the company. */
  standInFrom: Day | undefined
  signatures: Signature[]
  /** Of the newest signature asked of a provider outside METIS. */
  ceremony: CeremonyRow | undefined
  /** While the mission looks for somebody. */
  known: Known | undefined
  incidents: Incident[]
  /** Of one's own three answers, once the mission is over. */
  review: 'asked' | 'said' | undefined
  filled: Filled
}

/** To the association, who waits and what it said of its need; to an employee, why it suits them. */
export type Known = {
  details?: Details | undefined
  seat?: SeatPoint | undefined
  candidates?: Candidate[]
  sharing?: Sharing
  lines?: Line[]
  occupation?: string | undefined
}

export function MissionPage(props: MissionProps) {
  const { place, mission, filled } = props
  return (
    <Page frame={place.frame} title={mission.title}>
      <h1 class="ds-heading" data-size="lg">
        {mission.title}
      </h1>
      <p class="lead">
        {mission.associationName} · {mission.companyName}{' '}
        <StateTag place={place} state={stateOf(mission)} />
      </p>
      <RefusalSummary filled={filled} />
      <ReviewCard {...props} />
      <NextStep {...props} />
      <IncidentsCard {...props} />
      <Facts {...props} />
      <EndForm {...props} />
    </Page>
  )
}

function Facts({ place, mission, views }: MissionProps) {
  const { say, language } = place
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('missions:facts')}
      </h2>
      <dl class="facts">
        <dt>{say('missions:column.family')}</dt>
        <dd>{say(`campaigns:family.${mission.family}`)}</dd>
        <dt>{say('missions:fact.between')}</dt>
        <dd>
          <DayText value={mission.startsOn} language={language} /> —{' '}
          <DayText value={mission.endsOn} language={language} />
        </dd>
        <dt>{say('missions:fact.modality')}</dt>
        <dd>{say(`missions:modality.${mission.modality}`)}</dd>
        <SharedWith place={place} mission={mission} />
        {mission.chosen && seesPerson(place, mission, views) && (
          <>
            <dt>{say('missions:fact.person')}</dt>
            <dd>
              {mission.chosen.employeeName}, {mission.chosen.qualification}
            </dd>
          </>
        )}
        <dt>{say('missions:column.agreed')}</dt>
        <dd>
          <Hours value={mission.agreedMinutes} language={language} />
        </dd>
        <dt>{say('missions:fact.waiting')}</dt>
        <dd>
          <Hours value={mission.waitingMinutes} language={language} />
        </dd>
        <dt>{say('missions:fact.confirmed')}</dt>
        <dd>
          <Hours value={mission.confirmedMinutes} language={language} />
        </dd>
        <dt>{say('missions:column.done')}</dt>
        <dd>
          <Hours value={mission.approvedMinutes} language={language} />
        </dd>
        <dt>{say('missions:fact.left')}</dt>
        <dd>
          <Hours value={leftMinutes(mission)} language={language} />
        </dd>
      </dl>
    </section>
  )
}

/** The two organisations and the person themselves; never the commune, never a colleague. */
export function seesPerson(place: Place, mission: Mission, views: View[]): boolean {
  const isOneself = mission.chosen?.employeeId === actorOf(place).personId
  return isOneself || views.includes('company') || views.includes('association')
}

function EndForm({ place, mission, views, filled }: MissionProps) {
  const { say } = place
  const state = stateOf(mission)
  const mayEnd = views.includes('company') || views.includes('association')
  if (!mayEnd || state === 'ended' || state === 'complete') return null
  return (
    <details class="ds-details" open={filled.typed.form === 'ending'}>
      <summary>{say('missions:end.title')}</summary>
      <form class="stack" method="post" action={`${place.path}/missions/${mission.id}/ending`}>
        <p class="ds-paragraph">{say('missions:end.lead')}</p>
        <input type="hidden" name="form" value="ending" />
        <TextField filled={filled} name="endingReason" label={say('missions:end.reason')} />
        <Secondary>{say('missions:end.button')}</Secondary>
      </form>
    </details>
  )
}

/** One's own word in a form of its own: the button is the main action of the page. */
export function OneButton({
  action,
  label,
  lead,
}: {
  action: string
  label: string
  lead?: string
}) {
  return (
    <form class="stack" method="post" action={action}>
      {lead && <p class="ds-paragraph">{lead}</p>}
      <Submit>{label}</Submit>
    </form>
  )
}
