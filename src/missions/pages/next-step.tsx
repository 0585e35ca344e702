import type { Child } from 'hono/jsx'
import { formatDay, formatHours } from '#kit'
import { actorOf } from '#people'
import { Notice, SelectField, Submit, TextField } from '#platform'
import {
  associationsOf,
  entryStateOf,
  isLed,
  isToApprove,
  leadOf,
  type Speaker,
  sharedMinutes,
  stateOf,
} from '../rules/index.ts'
import { Candidates, DetailsForm } from './candidates.tsx'
import { Disputes } from './disputes.tsx'
import { WhyList } from './for-employee.tsx'
import { type MissionProps, OneButton, seesPerson } from './mission.tsx'
import { AnswerForms, Entries, idsOf, Secondary } from './parts.tsx'
import { Asked, ShareForms } from './sharing.tsx'
import { Signatures, Signing } from './signing.tsx'

/** "What do I do now?", for this person, at this point of the mission. */
export function NextStep(props: MissionProps) {
  const { place, mission, views } = props
  const state = stateOf(mission)
  if (state === 'ended') return <Ended {...props} />
  if (views.length === 1 && views[0] === 'commune') return <ForCommune {...props} />
  if (state === 'open') return <Open {...props} />
  if (!seesPerson(place, mission, views)) return <Taken {...props} />
  if (state === 'selected') return <Selected {...props} />
  if (state === 'approved') return <ToPrepare {...props} />
  if (state === 'signing') return <Signing {...props} />
  return <Running {...props} />
}

function Open(props: MissionProps) {
  const { place, mission, views, candidacies, known, filled } = props
  const { say, language } = place
  const action = `${place.path}/missions/${mission.id}`
  const own = candidacies.find(({ employeeId }) => employeeId === actorOf(place).personId)
  if (views.includes('association'))
    return (
      <>
        <Asked {...props} />
        {isLed(mission) ? (
          <Notice>
            {say('sharing:leadChooses', { association: leadOf(mission).associationName })}
          </Notice>
        ) : (
          <Candidates {...{ place, mission, filled }} candidates={known?.candidates ?? []} />
        )}
        <DetailsForm {...{ place, mission, filled }} details={known?.details} seat={known?.seat} />
        <ShareForms {...props} />
      </>
    )
  if (!views.includes('employee')) return <Notice>{say('missions:waitsForSomebody')}</Notice>
  if (own) return <Offered {...props} lead={say('missions:applied.lead')} />
  return (
    <Card title={say('missions:apply.title')}>
      <form class="stack" id="offer" method="post" action={`${action}/candidacies`}>
        {mission.shared && (
          <p class="ds-paragraph">
            {say('sharing:offer', {
              associations: associationsOf(mission, language),
              hours: formatHours(sharedMinutes(mission), language),
            })}
          </p>
        )}
        <TextField
          filled={filled}
          name="qualification"
          label={say('missions:apply.qualification')}
          hint={say('missions:apply.hint')}
          value={known?.occupation && say(`occupations:${known.occupation}`)}
        />
        <Submit>{say('missions:apply.button')}</Submit>
      </form>
      {known?.lines && <WhyList place={place} lines={known.lines} />}
    </Card>
  )
}

/** Somebody else was chosen: whoever offered help too stays on the waiting list, until they leave it. */
function Taken(props: MissionProps) {
  const { place, candidacies } = props
  const { say } = place
  if (candidacies.length === 0) return <Notice>{say('missions:taken')}</Notice>
  return <Offered {...props} lead={say('matching:list.youWait')} />
}

function Offered({ place, mission, lead }: MissionProps & { lead: string }) {
  const { say } = place
  return (
    <Card title={say('missions:applied.title')}>
      <p class="ds-paragraph">{lead}</p>
      <form method="post" action={`${place.path}/missions/${mission.id}/withdrawal`}>
        <Secondary>{say('missions:applied.withdraw')}</Secondary>
      </form>
    </Card>
  )
}

function Selected({ place, mission, views }: MissionProps) {
  const { say } = place
  const action = `${place.path}/missions/${mission.id}`
  if (!views.includes('company')) return <Notice>{say('missions:waitsForCompany')}</Notice>
  return (
    <Card title={say('missions:absence.title')}>
      <OneButton
        action={`${action}/absence`}
        label={say('missions:absence.button')}
        lead={say('missions:absence.lead', { name: mission.chosen?.employeeName })}
      />
      <form method="post" action={`${action}/withdrawal`}>
        <Secondary>{say('missions:absence.notNow')}</Secondary>
      </form>
    </Card>
  )
}

function ToPrepare({ place, mission, views }: MissionProps) {
  const { say } = place
  const mayPrepare = views.includes('company') || views.includes('association')
  if (!mayPrepare) return <Notice>{say('missions:waitsForAgreement')}</Notice>
  return (
    <Card title={say('missions:prepare.title')}>
      <p class="ds-paragraph">{say('missions:prepare.lead')}</p>
      <a class="ds-button" href={`${place.path}/missions/${mission.id}/agreement`}>
        {say('missions:prepare.button')}
      </a>
    </Card>
  )
}

function Running(props: MissionProps) {
  const { place, mission, views, entries, filled } = props
  const { say } = place
  const action = `${place.path}/missions/${mission.id}`
  const waiting = entries.filter((entry) => entryStateOf(entry) === 'waiting')
  const confirmed = entries.filter(isToApprove)
  const isOneself = mission.agreement?.employeeId === actorOf(place).personId
  const speaker = speakerIn(views)
  return (
    <>
      {speaker && <Disputes {...props} as={speaker} />}
      <Card title={say('missions:hours.title')}>
        {isOneself && (
          <a class="ds-button" href={`${action}/hours`}>
            {say('missions:hours.enter')}
          </a>
        )}
        <Entries place={place} entries={entries} />
        {views.includes('association') && waiting.length > 0 && (
          <AnswerForms place={place} entries={waiting} filled={filled} action={action} />
        )}
        {views.includes('company') && confirmed.length > 0 && (
          <form method="post" action={`${action}/approvals`}>
            <input type="hidden" name="entries" value={idsOf(confirmed)} />
            <Submit>{say('missions:hours.approve', { count: confirmed.length })}</Submit>
          </form>
        )}
        {views.includes('company') && waiting.length > 0 && <AskLink {...props} />}
        {views.includes('company') && <ReversalForm {...props} />}
        <Signatures {...props} />
      </Card>
    </>
  )
}

function speakerIn(views: MissionProps['views']): Speaker | undefined {
  if (views.includes('association')) return 'association'
  return views.includes('company') ? 'mediator' : undefined
}

/** An approval given by mistake is taken back with a reason; nothing is edited. */
function ReversalForm({ place, mission, entries, filled }: MissionProps) {
  const { say, language } = place
  const approved = entries.filter((entry) => entryStateOf(entry) === 'approved')
  if (approved.length === 0) return null
  const choices = approved.map(({ id, day, workedMinutes }) => ({
    value: id,
    label: `${formatDay(day, language)} · ${formatHours(workedMinutes, language)}`,
  }))
  return (
    <details class="ds-details" open={filled.typed.reversed !== undefined}>
      <summary>{say('missions:reversal.title')}</summary>
      <form class="stack" method="post" action={`${place.path}/missions/${mission.id}/reversals`}>
        <p class="ds-paragraph">{say('missions:reversal.lead')}</p>
        <SelectField
          filled={filled}
          name="reversed"
          label={say('missions:confirm.which')}
          choices={choices}
        />
        <TextField filled={filled} name="reversalReason" label={say('missions:end.reason')} />
        <Secondary>{say('missions:reversal.button')}</Secondary>
      </form>
    </details>
  )
}

/** The commune sees how far the hours are, never who works nor what they noted; it mediates. */
function ForCommune(props: MissionProps) {
  const { place, mission } = props
  return (
    <>
      <Disputes {...props} as="mediator" />
      {mission.waitingMinutes > 0n && (
        <Card title={place.say('missions:hours.title')}>
          <AskLink {...props} />
        </Card>
      )}
      {mission.confirmedMinutes > 0n && <StandIn {...props} />}
    </>
  )
}

/** The company does not answer: from the day told here, its silence no longer hides what was done. */
function StandIn({ place, mission, standInFrom, filled }: MissionProps) {
  const { say, language, today } = place
  if (!standInFrom) return null
  const lead = say('missions:standIn.lead', { company: mission.companyName })
  return (
    <Card title={say('missions:standIn.title')}>
      <p class="ds-paragraph">{lead}</p>
      {today < standInFrom ? (
        <p class="ds-paragraph">
          {say('missions:standIn.from', { from: formatDay(standInFrom, language) })}
        </p>
      ) : (
        <form class="stack" method="post" action={`${place.path}/missions/${mission.id}/stand-in`}>
          <TextField filled={filled} name="standInReason" label={say('missions:end.reason')} />
          <Secondary>{say('missions:standIn.button')}</Secondary>
        </form>
      )}
    </Card>
  )
}

export function AskLink({ place, mission }: Pick<MissionProps, 'place' | 'mission'>) {
  return (
    <form method="post" action={`${place.path}/missions/${mission.id}/confirmation-links`}>
      <p class="ds-paragraph">{place.say('missions:link.lead')}</p>
      <Secondary>{place.say('missions:link.send')}</Secondary>
    </form>
  )
}

function Ended({ place, mission, views }: MissionProps) {
  const { say } = place
  const isForCommune = views.length === 1 && views[0] === 'commune'
  return (
    <Notice>
      {say('missions:end.done')}
      {!isForCommune && mission.ending && <> {mission.ending.reason}</>}
      {mission.agreement?.effectiveAt && seesPerson(place, mission, views) && (
        <>
          {' '}
          <a class="ds-link" href={`${place.path}/missions/${mission.id}/agreement.pdf`}>
            {say('missions:sign.read')}
          </a>
        </>
      )}
    </Notice>
  )
}

function Card({ title, children }: { title: string; children?: Child }) {
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {title}
      </h2>
      {children}
    </section>
  )
}
