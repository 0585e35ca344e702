import type { SeatPoint } from '#applications'
import { dayOf, formatDay } from '#kit'
import type { Place } from '#people'
import { type Filled, InstantText, Notice, SelectField, Submit, TextField } from '#platform'
import { causes } from '#pledges'
import { occupationsIn, skillWord } from '../matching/index.ts'
import type { Candidate } from '../matching-of.ts'
import type { Mission } from '../rules/index.ts'
import type { Details } from '../store/index.ts'
import { Secondary } from './parts.tsx'
import { OccupationField, SpotField } from './wishes.tsx'
import { spotText } from './wishes-form.ts'

type Props = { place: Place; mission: Mission; candidates: Candidate[]; filled: Filled }

/** The first is one button away; the others wait in an order that the association may change. */
export function Candidates(props: Props) {
  const { place, candidates } = props
  const { say } = place
  if (candidates.length === 0) return <Notice>{say('missions:candidates.none')}</Notice>
  return (
    <section class="ds-card stack">
      <h2 class="ds-heading" data-size="sm">
        {say('missions:candidates.title')}
      </h2>
      {candidates.length > 1 && <p class="ds-paragraph">{say('matching:list.lead')}</p>}
      <ol class="todo">
        {candidates.map((candidate) => (
          <CandidateLine {...props} candidate={candidate} />
        ))}
      </ol>
      {candidates.length > 1 && <OrderForm {...props} />}
    </section>
  )
}

/** What helps the association to choose: what the person wrote to it, and whether the skill meets. */
function CandidateLine({ place, mission, candidate }: Props & { candidate: Candidate }) {
  const { say, language } = place
  const { candidacy, seeker, opening } = candidate
  const word = skillWord(seeker, opening)
  const action = `${place.path}/missions/${mission.id}`
  return (
    <li>
      <span>
        <b>{candidacy.employeeName}</b>, {candidacy.qualification}
        <small class="hint">
          <br />
          {(word === 'trade' || word === 'field') && <>{say('matching:list.skill')} · </>}
          {say('matching:list.since')}{' '}
          <InstantText value={candidacy.appliedAt} language={language} />
        </small>
      </span>
      <div class="actions">
        <form method="post" action={`${action}/acceptance`}>
          <input type="hidden" name="employee" value={candidacy.employeeId} />
          <Submit>
            {say('missions:candidates.accept')}
            <span class="visually-hidden"> {candidacy.employeeName}</span>
          </Submit>
        </form>
        <form method="post" action={`${action}/declining`}>
          <input type="hidden" name="employee" value={candidacy.employeeId} />
          <button class="ds-button" data-variant="tertiary" type="submit">
            {say('matching:list.notThisTime')}
            <span class="visually-hidden"> {candidacy.employeeName}</span>
          </button>
        </form>
      </div>
    </li>
  )
}

function OrderForm({ place, mission, candidates, filled }: Props) {
  const { say } = place
  const places = candidates.map((_, rank) => ({
    value: String(rank + 1),
    label: say('matching:list.place', { rank: rank + 1 }),
  }))
  return (
    <details class="ds-details">
      <summary>{say('matching:list.change')}</summary>
      <form class="stack" method="post" action={`${place.path}/missions/${mission.id}/order`}>
        {candidates.map(({ candidacy }, rank) => (
          <SelectField
            filled={filled}
            name={`place-${candidacy.employeeId}`}
            label={candidacy.employeeName}
            value={String(rank + 1)}
            choices={places}
          />
        ))}
        <Secondary>{say('matching:list.save')}</Secondary>
      </form>
    </details>
  )
}

/** Where the default comes from, and that one's own point wins over it. */
function seatWords({ say, language }: Place, seat: SeatPoint): string {
  const values = { spot: spotText(seat), day: formatDay(dayOf(seat.saidAt), language) }
  return say('matching:details.seat', { ...values, source: say('cerfa:source.companies') })
}

/** A sharper need finds its person sooner. */
export function DetailsForm(props: {
  place: Place
  mission: Mission
  details: Details | undefined
  seat: SeatPoint | undefined
  filled: Filled
}) {
  const { place, mission, details, seat, filled } = props
  const { say } = place
  const known = {
    occupation: details?.occupation ?? '',
    spot: spotText(details?.spot),
    ...filled.typed,
  }
  const shown = { ...filled, typed: known }
  const isAgain = filled.typed.form === 'details'
  return (
    <details class="ds-details" open={isAgain || !details}>
      <summary>{say('matching:details.title')}</summary>
      <form class="stack" method="post" action={`${place.path}/missions/${mission.id}/details`}>
        <p class="ds-paragraph">{say('matching:details.lead')}</p>
        <input type="hidden" name="form" value="details" />
        <OccupationField
          filled={shown}
          label={say('matching:details.occupation')}
          codes={occupationsIn(mission.family)}
        />
        <SelectField
          filled={filled}
          name="cause"
          label={say('matching:details.cause')}
          value={details?.cause}
          choices={[
            { value: '', label: say('matching:details.noCause') },
            ...causes.map((value) => ({ value, label: say(`pledges:cause.${value}`) })),
          ]}
        />
        {mission.modality !== 'remote' && (
          <>
            <TextField
              {...{ filled, name: 'place', label: say('matching:details.place') }}
              hint={say('matching:details.placeHint')}
              value={details?.place}
            />
            <div class="row">
              <TextField
                {...{ filled, name: 'postCode', label: say('matching:details.postCode') }}
                value={details?.postCode}
                inputmode="numeric"
              />
              <SpotField filled={shown} hint={seat && seatWords(place, seat)} />
            </div>
          </>
        )}
        <Secondary>{say('matching:details.save')}</Secondary>
      </form>
    </details>
  )
}
