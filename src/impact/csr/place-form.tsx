import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { SelectField, Submit } from '#platform'
import type { ToPlace } from './actions.ts'

/** From which site each mission was given, when its promise names several. */
export function PlaceForm({
  place,
  campaign,
  toPlace,
}: {
  place: Place
  campaign: Campaign
  toPlace: ToPlace[]
}) {
  const { say, path } = place
  const filled = { say, typed: {}, refusals: [] }
  return (
    <form class="ds-card stack" method="post" action={`${path}/${campaign.year}/csr/sites`}>
      <h2 class="ds-heading" data-size="sm">
        {say('impact:csr.place.title')}
      </h2>
      <p class="ds-paragraph">{say('impact:csr.place.lead')}</p>
      {toPlace.map(({ mission, sites, said }) => (
        <SelectField
          filled={filled}
          name={`site-${mission.id}`}
          label={say('impact:csr.place.mission', {
            title: mission.title,
            association: mission.associationName,
          })}
          value={said ?? ''}
          choices={[
            { value: '', label: say('impact:csr.place.unknown') },
            ...sites.map((site) => ({ value: site, label: site })),
          ]}
        />
      ))}
      <Submit>{say('impact:csr.place.save')}</Submit>
    </form>
  )
}
