import { formatHours } from '#kit'
import type { Place } from '#people'
import { DayText, type Filled, Notice, Page, RefusalSummary } from '#platform'
import { isStillAsked, type OpenedAbsence } from '../actions/index.ts'
import { OneButton } from './mission.tsx'
import { Secondary } from './parts.tsx'

type Props = { place: Place; opened: OpenedAbsence; secret: string; filled: Filled }

/** Two buttons: granted, or not this time. No reason is asked and none is kept. */
export function AbsencePage({ place, opened, secret, filled }: Props) {
  const { say, language, path } = place
  const { mission } = opened
  const action = `${path}/absences/${secret}/answers`
  return (
    <Page frame={place.frame} title={say('missions:absence.title')}>
      <div class="narrow ds-card stack">
        <h1 class="ds-heading" data-size="md">
          {say('missions:absence.title')}
        </h1>
        <RefusalSummary filled={filled} />
        {isWaiting(opened) ? (
          <>
            <p class="ds-paragraph">
              <b>{mission.title}</b>
              <br />
              {mission.associationName} · {formatHours(mission.agreedMinutes, language)}
              <br />
              <DayText value={mission.startsOn} language={language} /> —{' '}
              <DayText value={mission.endsOn} language={language} />
            </p>
            <OneButton
              action={`${action}/granted`}
              label={say('missions:absence.button')}
              lead={say('missions:absence.lead', { name: mission.chosen?.employeeName })}
            />
            <form method="post" action={`${action}/not-now`}>
              <Secondary>{say('missions:absence.notNow')}</Secondary>
            </form>
          </>
        ) : (
          <Notice color="success">{say(doneKey(opened))}</Notice>
        )}
      </div>
    </Page>
  )
}

function isWaiting(opened: OpenedAbsence): boolean {
  return isStillAsked(opened) && !opened.mission.chosen?.approvedAt && !opened.mission.ending
}

function doneKey(opened: OpenedAbsence): string {
  const isGranted = isStillAsked(opened) && opened.mission.chosen?.approvedAt !== undefined
  return isGranted ? 'matching:absenceLink.granted' : 'matching:absenceLink.free'
}

export function ClosedAbsencePage({ place }: { place: Place }) {
  const { say } = place
  return (
    <Page frame={place.frame} title={say('missions:confirm.dead')}>
      <h1 class="ds-heading" data-size="lg">
        {say('missions:confirm.dead')}
      </h1>
      <p class="lead">{say('matching:absenceLink.dead')}</p>
    </Page>
  )
}
