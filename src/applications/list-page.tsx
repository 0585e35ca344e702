import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import {
  Euros,
  Figure,
  Hours,
  InstantText,
  Page,
  type Say,
  SelectField,
  Tag,
  TextField,
} from '#platform'
import { type Filter, fileStates, stateOf, type Totals } from './list.ts'
import { type Application, askedMinutes } from './rules.ts'

/** The agents' table: what is asked, in two currencies side by side and never added. */
export function ListPage(props: {
  place: Place
  campaign: Campaign
  families: string[]
  all: Application[]
  shown: Application[]
  totals: Totals
  filter: Filter
}) {
  const { place, campaign, shown, totals } = props
  const { say, language } = place
  return (
    <Page frame={place.frame} title={say('applications:list.title')}>
      <div class="head">
        <h1 class="ds-heading" data-size="lg">
          {say('applications:list.title')}
        </h1>
        <a class="ds-button" href={`${place.path}/${campaign.year}/review`}>
          {say('applications:list.toReview')}
        </a>
      </div>
      <div class="figures">
        <Figure label={say('applications:list.deposited')}>{totals.count}</Figure>
        <Figure label={say('applications:list.askedCash')}>
          <Euros value={totals.askedCents} language={language} />
        </Figure>
        <Figure label={say('applications:list.askedHours')}>
          <Hours value={totals.askedMinutes} language={language} />
        </Figure>
      </div>
      <Filters {...props} />
      {shown.length === 0 ? (
        <p>{say('applications:list.none')}</p>
      ) : (
        <Rows place={place} applications={shown} />
      )}
    </Page>
  )
}

function Filters({
  place,
  all,
  filter,
  families,
}: {
  place: Place
  all: Application[]
  filter: Filter
  families: string[]
}) {
  const { say } = place
  const filled = { say, typed: { ...filter }, refusals: [] }
  const any = { value: '', label: say('applications:list.any', { count: all.length }) }
  const states = fileStates.map((state) => {
    const count = all.filter((application) => stateOf(application) === state).length
    return { value: state, label: say(`applications:list.state.${state}`, { count }) }
  })
  return (
    <form class="row" method="get" aria-label={say('applications:list.filters')}>
      <SelectField
        filled={filled}
        name="state"
        label={say('applications:list.byState')}
        choices={[any, ...states]}
      />
      <SelectField
        filled={filled}
        name="family"
        label={say('applications:list.byFamily')}
        choices={familyChoices(say, families, say('applications:list.allFamilies'))}
      />
      <TextField filled={filled} name="q" label={say('applications:list.byName')} type="search" />
      <button class="ds-button" data-variant="secondary" type="submit">
        {say('applications:list.filter')}
      </button>
    </form>
  )
}

export function familyChoices(say: Say, families: string[], blank: string) {
  return [
    { value: '', label: blank },
    ...families.map((family) => ({ value: family, label: say(`campaigns:family.${family}`) })),
  ]
}

function Rows({ place, applications }: { place: Place; applications: Application[] }) {
  const { say } = place
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('applications:list.title')}>
      <table class="ds-table" data-zebra>
        <thead>
          <tr>
            <th scope="col">{say('applications:list.association')}</th>
            <th scope="col">{say('applications:list.stateColumn')}</th>
            <th scope="col" class="num">
              {say('applications:list.askedCash')}
            </th>
            <th scope="col" class="num">
              {say('applications:list.askedHours')}
            </th>
            <th scope="col">{say('applications:list.skills')}</th>
            <th scope="col">{say('applications:list.depositedAt')}</th>
          </tr>
        </thead>
        <tbody>
          {applications.map((application) =>
            application.deposit ? (
              <DepositedRow place={place} application={application} />
            ) : (
              <DraftRow say={say} name={application.association.name} />
            ),
          )}
        </tbody>
      </table>
    </section>
  )
}

function DepositedRow({ place, application }: { place: Place; application: Application }) {
  const { say, language } = place
  const { askedCents, needs, deposit, association } = application
  const families = [...new Set(needs.flatMap(({ family }) => family ?? []))]
  return (
    <tr>
      <th scope="row">
        <a class="ds-link" href={`${place.path}/applications/${application.id}`}>
          {association.name}
        </a>
        <small>{application.projectTitle}</small>
      </th>
      <td>
        <Tag color={application.withdrawnAt ? 'neutral' : 'success'}>
          {say(`applications:state.${stateOf(application)}`)}
        </Tag>
      </td>
      <td class="num">{askedCents ? <Euros value={askedCents} language={language} /> : '—'}</td>
      <td class="num">
        {needs.length > 0 ? <Hours value={askedMinutes(needs)} language={language} /> : '—'}
      </td>
      <td>{families.map((family) => say(`campaigns:family.${family}`)).join(', ') || '—'}</td>
      <td>
        {deposit && <InstantText value={deposit.depositedAt} language={language} />}
        <small>{deposit && say('applications:list.number', { number: deposit.number })}</small>
      </td>
    </tr>
  )
}

/** Of a draft the commune sees that it exists, nothing else. */
function DraftRow({ say, name }: { say: Say; name: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Tag>{say('applications:state.draft')}</Tag>
      </td>
      <td class="num">—</td>
      <td class="num">—</td>
      <td>—</td>
      <td>—</td>
    </tr>
  )
}
