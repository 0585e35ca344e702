import type { Place } from '#people'
import {
  AreaField,
  type Filled,
  Notice,
  OnceKey,
  Page,
  RefusalSummary,
  SelectField,
  Submit,
  TextField,
} from '#platform'
import { incidentKinds, type Mission } from '../rules/index.ts'

/** What, when, in facts: a minute on a phone, nothing medical. */
export function IncidentFormPage({
  place,
  mission,
  filled,
}: {
  place: Place
  mission: Mission
  filled: Filled
}) {
  const { say, path } = place
  const title = say('incidents:form.title')
  const choices = incidentKinds.map((value) => ({ value, label: say(`incidents:kind.${value}`) }))
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {mission.title} · {mission.associationName} · {mission.companyName}
      </p>
      <Notice color="danger">{say('incidents:form.emergency')}</Notice>
      <form
        class="ds-card stack narrow"
        method="post"
        action={`${path}/missions/${mission.id}/incidents`}
      >
        <RefusalSummary filled={filled} />
        <OnceKey />
        <SelectField
          {...{ filled, choices, name: 'kind', label: say('incidents:form.kind') }}
          hint={say('incidents:form.kindHint')}
        />
        <div class="row">
          <TextField
            {...{ filled, name: 'day', type: 'date', label: say('incidents:form.day') }}
            value={place.today}
            required
          />
          <TextField
            {...{ filled, name: 'time', type: 'time', label: say('incidents:form.time') }}
            required
          />
        </div>
        <AreaField
          {...{ filled, name: 'words', label: say('incidents:form.words'), rows: 3 }}
          hint={say('incidents:form.wordsHint')}
          required
        />
        <p class="hint">{say('incidents:form.who')}</p>
        <Submit>{say('incidents:form.send')}</Submit>
      </form>
    </Page>
  )
}
