import type { Place } from '#people'
import { type Filled, Notice, Page, RefusalSummary, Submit } from '#platform'
import type { Opened } from '../actions/index.ts'
import { type Entry, entryStateOf, type Mission } from '../rules/index.ts'
import { Disputes } from './disputes.tsx'
import { AnswerForms, Entries } from './parts.tsx'

/** For a busy volunteer with a link and no account: the list, and one button. */
export function ConfirmPage({
  place,
  opened,
  secret,
  filled,
}: {
  place: Place
  opened: Opened
  secret: string
  filled: Filled
}) {
  const { say } = place
  const { missions, link } = opened
  const all = missions.flatMap(({ entries }) => entries)
  const waiting = all.filter(isWaiting)
  const action = `${place.path}/confirm/${secret}`
  const [only, ...others] = missions
  return (
    <Page frame={place.frame} title={say('missions:confirm.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('missions:confirm.title')}
      </h1>
      <p class="lead">
        {only && others.length === 0
          ? say('missions:confirm.lead', {
              name: link.recipientName,
              title: only.mission.title,
              company: only.mission.companyName,
            })
          : say('missions:confirm.leadAll', { name: link.recipientName })}
      </p>
      <RefusalSummary filled={filled} />
      {waiting.length > 0 ? (
        <section class="ds-card">
          {missions.map((one) => (
            <OfMission place={place} {...one} isNamed={others.length > 0} which={isWaiting} />
          ))}
          <AnswerForms place={place} entries={waiting} filled={filled} action={action} />
          <p class="hint">{say('missions:confirm.silence')}</p>
        </section>
      ) : (
        <Notice color="success">{say('missions:confirm.nothing')}</Notice>
      )}
      {missions.map((one) => (
        <Disputes {...one} place={place} filled={filled} as="association" action={action} />
      ))}
      {waiting.length < all.length && (
        <section class="ds-card">
          <h2 class="ds-heading" data-size="sm">
            {say('missions:confirm.answered')}
          </h2>
          {missions.map((one) => (
            <OfMission place={place} {...one} isNamed={others.length > 0} which={isAnswered} />
          ))}
        </section>
      )}
    </Page>
  )
}

function isWaiting(entry: Entry): boolean {
  return entryStateOf(entry) === 'waiting'
}

function isAnswered(entry: Entry): boolean {
  return !isWaiting(entry)
}

/** Its lines, under its name where several missions wait. */
function OfMission({
  place,
  mission,
  entries,
  isNamed,
  which,
}: {
  place: Place
  mission: Mission
  entries: Entry[]
  isNamed: boolean
  which: (entry: Entry) => boolean
}) {
  const shown = entries.filter(which)
  if (shown.length === 0) return null
  return (
    <>
      {isNamed && (
        <h3 class="ds-heading" data-size="xs">
          {mission.title} — {mission.companyName}
        </h3>
      )}
      <Entries place={place} entries={shown} />
    </>
  )
}

/** The same page for a link too old and for one that never was. */
export function DeadLinkPage({ place, secret }: { place: Place; secret: string }) {
  const { say, path } = place
  return (
    <Page frame={{ ...place.frame, nav: [] }} title={say('missions:confirm.dead')}>
      <h1 class="ds-heading" data-size="lg">
        {say('missions:confirm.dead')}
      </h1>
      <p class="lead">{say('missions:confirm.deadLead')}</p>
      <form method="post" action={`${path}/confirm/${encodeURIComponent(secret)}/renewals`}>
        <Submit>{say('missions:confirm.renew')}</Submit>
      </form>
    </Page>
  )
}

/** The same words whether the link was ours or not, and whether or not anything still waits. */
export function RenewedPage({ place }: { place: Place }) {
  const { say } = place
  return (
    <Page frame={{ ...place.frame, nav: [] }} title={say('missions:confirm.renewed')}>
      <h1 class="ds-heading" data-size="lg">
        {say('missions:confirm.renewed')}
      </h1>
      <p class="lead">{say('missions:confirm.renewedLead')}</p>
    </Page>
  )
}
