import { type Context, Hono } from 'hono'
import { isRefused, type Refusal } from '#kit'
import { actorOf, allow, organisationsOf, type Place, type PlaceEnv } from '#people'
import {
  type Filled,
  Page,
  RefusalSummary,
  SelectField,
  Submit,
  TextField,
  type Typed,
  typedOf,
} from '#platform'
import { declareInterest } from './interests.ts'
import type { Interest } from './rules.ts'
import { interestsOf } from './store.ts'

/** Where elected members and agents say which associations they are tied to. */
export const interestRoutes = new Hono<PlaceEnv>()

// CGCT art. L.2131-11 for the council, CGFP art. L.121-5 for the agents.
const declarers = allow('municipality.elected', 'municipality.agent')

interestRoutes.get('/interests', declarers, (context) => interestsPage(context, [], {}))

interestRoutes.post('/interests', declarers, async (context) => {
  const place = context.get('place')
  const typed = typedOf(await context.req.formData())
  const { associationId = '', nature = '' } = typed
  const outcome = await declareInterest(place, { associationId, nature: nature.slice(0, 300) })
  if (isRefused(outcome)) return interestsPage(context, outcome.refusals, typed)
  return context.redirect(`${place.path}/interests`, 303)
})

async function interestsPage(context: Context<PlaceEnv>, refusals: Refusal[], typed: Typed) {
  const place = context.get('place')
  const { tx, territory, say } = place
  const associations = await organisationsOf(tx, territory.id, 'association')
  const interests = await interestsOf(tx, territory.id)
  const { personId } = actorOf(place)
  return context.html(
    <InterestsPage
      place={place}
      associations={associations}
      own={interests.filter((interest) => interest.personId === personId)}
      filled={{ say, typed, refusals }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

type Named = { id: string; name: string }

function InterestsPage({
  place,
  associations,
  own,
  filled,
}: {
  place: Place
  associations: Named[]
  own: Interest[]
  filled: Filled
}) {
  const { say } = place
  const title = say('review:interests.title')
  const blank = { value: '', label: say('review:interests.choose') }
  const choices = associations.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">{say('review:interests.lead')}</p>
      <OwnInterests say={say} own={own} associations={associations} />
      <form class="stack narrow ds-card" method="post">
        <RefusalSummary filled={filled} />
        <SelectField
          filled={filled}
          name="associationId"
          label={say('review:interests.association')}
          choices={[blank, ...choices]}
        />
        <TextField
          filled={filled}
          name="nature"
          label={say('review:interests.nature')}
          hint={say('review:interests.natureHint')}
        />
        <Submit>{say('review:interests.declare')}</Submit>
      </form>
    </Page>
  )
}

function OwnInterests({
  say,
  own,
  associations,
}: {
  say: Place['say']
  own: Interest[]
  associations: Named[]
}) {
  if (own.length === 0) return <p>{say('review:interests.none')}</p>
  const nameOf = (id: string) => associations.find((known) => known.id === id)?.name ?? '—'
  return (
    <ul class="todo">
      {own.map(({ associationId, nature }) => (
        <li>
          <b>{nameOf(associationId)}</b>
          <span>{nature}</span>
        </li>
      ))}
    </ul>
  )
}
