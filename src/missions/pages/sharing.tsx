import { formatHours } from '#kit'
import type { Place } from '#people'
import { CheckField, Submit } from '#platform'
import { isLed, type Mission, partsOf, sharedMinutes } from '../rules/index.ts'
import type { MissionProps } from './mission.tsx'
import { Secondary } from './parts.tsx'

/** Another association invites this one: two words to choose from. */
export function Asked({ place, mission, known }: MissionProps) {
  const { say, path } = place
  const by = known?.sharing?.askedBy
  if (!by) return null
  const action = `${path}/missions/${mission.id}/sharing/answers`
  const values = { association: by.leadAssociation, title: by.leadTitle }
  return (
    <section class="ds-card stack">
      <h2 class="ds-heading" data-size="sm">
        {say('sharing:askedTitle', values)}
      </h2>
      <p class="ds-paragraph">{say('sharing:askedLead', values)}</p>
      <div class="actions">
        <form method="post" action={action}>
          <input type="hidden" name="answer" value="yes" />
          <Submit>{say('sharing:yes')}</Submit>
        </form>
        <form method="post" action={action}>
          <input type="hidden" name="answer" value="no" />
          <Secondary>{say('sharing:no')}</Secondary>
        </form>
      </div>
    </section>
  )
}

/** To invite others while nobody is chosen, or to be alone again. */
export function ShareForms(props: MissionProps) {
  return (
    <>
      <InviteForm {...props} />
      {props.mission.shared && <LeaveForm {...props} />}
    </>
  )
}

function InviteForm({ place, mission, known, filled }: MissionProps) {
  const { say, path, language } = place
  const { others = [], unanswered = [] } = known?.sharing ?? {}
  if (others.length === 0 && unanswered.length === 0) return null
  const associations = new Intl.ListFormat(language).format(
    unanswered.map(({ association }) => association),
  )
  return (
    <details class="ds-details" open={filled.typed.form === 'sharing' || unanswered.length > 0}>
      <summary>{say('sharing:title')}</summary>
      <form class="stack" method="post" action={`${path}/missions/${mission.id}/sharing`}>
        <p class="ds-paragraph">{say('sharing:lead', { company: mission.companyName })}</p>
        {unanswered.length > 0 && (
          <p class="ds-paragraph">{say('sharing:waiting', { associations })}</p>
        )}
        <input type="hidden" name="form" value="sharing" />
        {others.map((other) => (
          <CheckField
            filled={filled}
            name={`with-${other.id}`}
            label={`${other.associationName} — ${other.title}`}
            hint={formatHours(other.agreedMinutes, language)}
          />
        ))}
        {others.length > 0 && <Secondary>{say('sharing:button')}</Secondary>}
      </form>
    </details>
  )
}

function LeaveForm({ place, mission }: MissionProps) {
  const { say, path } = place
  return (
    <details class="ds-details">
      <summary>{say('sharing:leave')}</summary>
      <form class="stack" method="post" action={`${path}/missions/${mission.id}/sharing/ending`}>
        <p class="ds-paragraph">
          {say(isLed(mission) ? 'sharing:leaveLead' : 'sharing:leaveAsLead')}
        </p>
        <Secondary>{say('sharing:leave')}</Secondary>
      </form>
    </details>
  )
}

/** Among the facts of a mission: who else is helped by the same person. */
export function SharedWith({ place, mission }: { place: Place; mission: Mission }) {
  const { say, language } = place
  if (!mission.shared) return null
  const others = partsOf(mission).filter(({ id }) => id !== mission.id)
  return (
    <>
      <dt>{say('sharing:with')}</dt>
      <dd>
        {others.map(({ associationName, title, agreedMinutes }) => (
          <>
            {associationName} — {title} ({formatHours(agreedMinutes, language)})
            <br />
          </>
        ))}
        {say('sharing:together', { hours: formatHours(sharedMinutes(mission), language) })}
      </dd>
    </>
  )
}
