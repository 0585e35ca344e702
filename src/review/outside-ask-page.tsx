import { type Application, filePathOf } from '#applications'
import { addDays } from '#kit'
import type { Place } from '#people'
import {
  AreaField,
  CheckField,
  type Filled,
  OnceKey,
  Page,
  RefusalSummary,
  Submit,
  TextField,
} from '#platform'
import { OutsideList } from './outside-card.tsx'
import type { OutsideRequest } from './outside-rules.ts'

/** Three weeks, unless the agent says otherwise. */
const USUAL_DAYS = 21

type Props = { place: Place; application: Application; requests: OutsideRequest[]; filled: Filled }

/** Where an agent asks for an opinion, and says what its author will see. */
export function AskPage({ place, application, requests, filled }: Props) {
  const { say } = place
  const title = say('review:outside.askTitle')
  const file = filePathOf(place.path, application.id)
  return (
    <Page frame={place.frame} title={title}>
      <p>
        <a class="ds-link" href={`${file}/review`}>
          {`${application.association.name} — ${application.projectTitle}`}
        </a>
      </p>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <RefusalSummary filled={filled} />
      {requests.length > 0 && (
        <section class="ds-card">
          <h2 class="ds-heading" data-size="sm">
            {say('review:outside.asked')}
          </h2>
          <OutsideList
            place={place}
            requests={requests}
            withdrawal={(id) => `${file}/outside-opinions/${id}/withdrawal`}
          />
        </section>
      )}
      <AskForm place={place} filled={filled} />
    </Page>
  )
}

function AskForm({ place, filled }: { place: Place; filled: Filled }) {
  const { say } = place
  return (
    <form class="stack narrow ds-card" method="post">
      <OnceKey />
      <h2 class="ds-heading" data-size="sm">
        {say('review:outside.askOne')}
      </h2>
      <p class="hint">{say('review:outside.askLead')}</p>
      <TextField filled={filled} name="recipientName" label={say('review:outside.recipientName')} />
      <TextField
        filled={filled}
        name="recipient"
        type="email"
        inputmode="email"
        autocomplete="off"
        label={say('review:outside.recipient')}
      />
      <TextField
        filled={filled}
        name="capacity"
        label={say('review:outside.capacity')}
        hint={say('review:outside.capacityHint')}
      />
      <AreaField
        filled={filled}
        name="question"
        label={say('review:outside.askQuestion')}
        rows={3}
      />
      <TextField
        filled={filled}
        name="answerBy"
        type="date"
        label={say('review:outside.answerBy')}
        value={addDays(place.today, USUAL_DAYS)}
      />
      <fieldset class="stack">
        <legend>{say('review:outside.shows')}</legend>
        <p class="hint">{say('review:outside.showsHint')}</p>
        <CheckField
          filled={filled}
          name="showsProject"
          label={say('review:outside.showsProject')}
        />
        <CheckField filled={filled} name="showsNeeds" label={say('review:outside.showsNeeds')} />
        <CheckField
          filled={filled}
          name="showsAmounts"
          label={say('review:outside.showsAmounts')}
        />
      </fieldset>
      <Submit>{say('review:outside.ask')}</Submit>
    </form>
  )
}
