import type { Place } from '#people'
import { InstantText, Notice, Page, Submit } from '#platform'
import { Secondary } from './parts.tsx'

type Props = { place: Place; madeAt: Date | undefined; address: string | undefined }

/** One's private calendar: made, shown once, revoked. */
export function CalendarPage({ place, madeAt, address }: Props) {
  const { say, language, path } = place
  const action = `${path}/missions/calendar`
  return (
    <Page frame={place.frame} title={say('matching:calendar.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('matching:calendar.title')}
      </h1>
      <p class="lead">{say('matching:calendar.lead')}</p>
      {address && (
        <section class="ds-card stack">
          <Notice color="success">{say('matching:calendar.once')}</Notice>
          <label class="ds-label" for="address">
            {say('matching:calendar.address')}
          </label>
          <input class="ds-input" id="address" type="text" readonly value={address} />
          <a class="ds-link" href={address.replace(/^https?:/, 'webcal:')}>
            {say('matching:calendar.subscribe')}
          </a>
        </section>
      )}
      {!address && madeAt && (
        <p class="ds-paragraph">
          {say('matching:calendar.since')} <InstantText value={madeAt} language={language} />.
        </p>
      )}
      <form class="stack" method="post" action={action}>
        <Submit>{say(madeAt ? 'matching:calendar.again' : 'matching:calendar.make')}</Submit>
        {madeAt && <p class="ds-paragraph hint">{say('matching:calendar.againHint')}</p>}
      </form>
      {madeAt && (
        <form class="stack" method="post" action={`${action}/closing`}>
          <Secondary>{say('matching:calendar.close')}</Secondary>
        </form>
      )}
    </Page>
  )
}
