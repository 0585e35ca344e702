import type { Campaign } from '#campaigns'
import { formatDay } from '#kit'
import type { Place } from '#people'
import { DayText, type Filled, TextField } from '#platform'
import type { Deliberation } from '../deliberations-store.ts'
import type { Award } from '../store.ts'

type Props = {
  place: Place
  campaign: Campaign
  deliberation: Deliberation
  awards: Award[]
  mayAct: boolean
  filled: Filled
}

/** One sitting, and its next step: binding date, then letters. */
export function DeliberationCard(props: Props) {
  const { place, deliberation } = props
  const { say, language } = place
  const { number, heldOn, presentCount, inOfficeCount, executoryOn } = deliberation
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:sitting.title', { number, day: formatDay(heldOn, language) })}
      </h2>
      <dl class="facts">
        <dt>{say('awards:sitting.members')}</dt>
        <dd>{say('awards:sitting.present', { presentCount, inOfficeCount })}</dd>
        <dt>{say('awards:sitting.executory')}</dt>
        <dd>
          {executoryOn ? (
            <DayText value={executoryOn} language={language} />
          ) : (
            say('awards:sitting.notYet')
          )}
        </dd>
      </dl>
      {props.mayAct && <NextStep {...props} />}
    </section>
  )
}

function NextStep({ place, campaign, deliberation, awards, filled }: Props) {
  const { say, today } = place
  const here = `${place.path}/deliberations/${deliberation.id}`
  const waitingCount = awards.filter(({ notifiedAt }) => notifiedAt === undefined).length
  if (!deliberation.executoryOn)
    return (
      <form class="stack narrow" method="post" action={`${here}/execution`}>
        <TextField
          filled={filled}
          name="executoryOn"
          type="date"
          label={say('awards:sitting.executoryOn')}
          hint={say('awards:sitting.executoryHint')}
          value={today}
        />
        <div>
          <button class="ds-button" type="submit">
            {say('awards:sitting.execute')}
          </button>
        </div>
      </form>
    )
  if (waitingCount === 0)
    return (
      <p>
        {say('awards:sitting.allNotified')}{' '}
        {campaign.state === 'deliberating' && (
          <a class="ds-link" href={`${place.path}/${campaign.year}`}>
            {say('awards:sitting.openSeason')}
          </a>
        )}
      </p>
    )
  return (
    <form method="post" action={`${here}/notices`}>
      <p>{say('awards:sitting.notifyHint')}</p>
      <button class="ds-button" type="submit">
        {say('awards:sitting.notify', { count: waitingCount })}
      </button>
    </form>
  )
}
