import { FamilyBoxes, families } from '#campaigns'
import type { Place } from '#people'
import {
  CheckField,
  type Filled,
  Notice,
  Page,
  RefusalSummary,
  SelectField,
  Submit,
  TextField,
} from '#platform'
import { causes } from '#pledges'
import { occupations, rhythms } from '../matching/index.ts'
import { Secondary } from './parts.tsx'

type Props = { place: Place; filled: Filled; isSaid: boolean; isJustSaved: boolean }

/** One page: whoever fills in one field of it already sees better. */
export function WishesPage({ place, filled, isSaid, isJustSaved }: Props) {
  const { say, path } = place
  return (
    <Page frame={place.frame} title={say('matching:wishes.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('matching:wishes.title')}
      </h1>
      <p class="lead">{say('matching:wishes.lead')}</p>
      <RefusalSummary filled={filled} />
      {isJustSaved && <Notice color="success">{say('matching:wishes.saved')}</Notice>}
      <form class="ds-card stack" method="post" action={`${path}/missions/wishes`}>
        <OccupationField filled={filled} label={say('matching:wishes.occupation')} />
        <details open={families.some((family) => filled.typed[`family-${family}`] === 'yes')}>
          <summary>{say('matching:wishes.families')}</summary>
          <FamilyBoxes filled={filled} families={families.filter(isSkill)} />
        </details>
        <SelectField
          filled={filled}
          name="rhythm"
          label={say('matching:wishes.rhythm')}
          choices={[
            { value: '', label: say('matching:wishes.anyRhythm') },
            ...rhythms.map((value) => ({ value, label: say(`matching:rhythm.${value}`) })),
          ]}
        />
        <Where filled={filled} />
        <CheckField filled={filled} name="isRemoteOnly" label={say('matching:wishes.remoteOnly')} />
        <div class="row">
          <TextField
            {...{ filled, name: 'availableFrom', label: say('matching:wishes.from') }}
            type="date"
          />
          <TextField
            {...{ filled, name: 'availableUntil', label: say('matching:wishes.until') }}
            type="date"
          />
        </div>
        <details open={causes.some((cause) => filled.typed[`cause-${cause}`] === 'yes')}>
          <summary>{say('matching:wishes.causes')}</summary>
          <div class="row">
            {causes.map((cause) => (
              <CheckField
                filled={filled}
                name={`cause-${cause}`}
                label={say(`pledges:cause.${cause}`)}
              />
            ))}
          </div>
        </details>
        <Submit>{say('matching:wishes.save')}</Submit>
      </form>
      {isSaid && (
        <form class="stack" method="post" action={`${path}/missions/wishes/erasure`}>
          <p class="ds-paragraph">{say('matching:wishes.eraseLead')}</p>
          <Secondary>{say('matching:wishes.erase')}</Secondary>
        </form>
      )}
    </Page>
  )
}

/** A day of gardening asks for no skill: everybody may come. */
function isSkill(family: string): boolean {
  return family !== 'SOLIDARITY_DAY'
}

function Where({ filled }: { filled: Filled }) {
  const { say } = filled
  return (
    <div class="row">
      <TextField
        {...{ filled, name: 'postCode', label: say('matching:wishes.postCode') }}
        inputmode="numeric"
      />
      <TextField
        {...{ filled, name: 'reachKm', label: say('matching:wishes.reach') }}
        inputmode="numeric"
        suffix="km"
      />
      <SpotField filled={filled} />
    </div>
  )
}

export function SpotField({ filled, hint }: { filled: Filled; hint?: string | undefined }) {
  const { say } = filled
  return (
    <TextField
      {...{ filled, name: 'spot', label: say('matching:wishes.spot') }}
      hint={[say('matching:wishes.spotHint'), hint].filter(Boolean).join(' ')}
    />
  )
}

/** By its plain name, in the order of the alphabet. */
export function OccupationField({
  filled,
  label,
  codes = Object.keys(occupations),
}: {
  filled: Filled
  label: string
  codes?: string[]
}) {
  const { say } = filled
  const named = codes
    .map((value) => ({ value, label: say(`occupations:${value}`) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  const none = { value: '', label: say('matching:wishes.noOccupation') }
  return <SelectField {...{ filled, name: 'occupation', label }} choices={[none, ...named]} />
}
