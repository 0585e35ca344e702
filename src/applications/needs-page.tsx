import { families as allFamilies, type Campaign } from '#campaigns'
import { newId } from '#kit'
import type { Place } from '#people'
import { AreaField, type Filled, type Say, SelectField, TextField } from '#platform'
import { needField } from './draft.ts'
import type { Shown } from './draft-form.tsx'
import { sourcesIn } from './draft-source.ts'
import type { Effect } from './effect.ts'
import { EffectCard } from './effect-card.tsx'
import { type KitName, kitsFor } from './kits.ts'
import { familyChoices } from './list-page.tsx'
import { modalities } from './rules.ts'
import { SectionPage } from './section-page.tsx'

/** Hours by skill: a row each, two blank ones at the end, a ready mission on demand. */
export function NeedsPage(props: {
  place: Place
  campaign: Campaign
  families: string[]
  shown: Shown
  filled: Filled
  rowsCount: number
  kit: KitName | undefined
  effect: Effect | undefined
}) {
  const { place, campaign, families, shown, filled, rowsCount, kit, effect } = props
  const { say, language } = place
  const rows = Array.from({ length: rowsCount }, (_, index) => index + 1)
  return (
    <SectionPage
      place={place}
      shown={shown}
      filled={filled}
      title={say('applications:task.needs')}
      lead={say('applications:needs.lead')}
      after={effect && <EffectCard say={say} language={language} effect={effect} />}
    >
      {kit && (
        <p class="ds-alert" data-color="info">
          {say(`applications:kit.${kit}.firstMeeting`)}
        </p>
      )}
      {rows.map((row) => (
        <NeedRow
          row={row}
          filled={filled}
          families={offered(families)}
          campaign={campaign}
          source={sourcesIn(place, shown)}
        />
      ))}
      <SelectField
        filled={filled}
        name="kit"
        label={say('applications:needs.kit')}
        hint={say('applications:needs.kitHint')}
        choices={kitChoices(say, families)}
      />
    </SectionPage>
  )
}

function offered(families: string[]): string[] {
  return allFamilies.filter((family) => families.includes(family))
}

function kitChoices(say: Say, families: string[]) {
  return [
    { value: '', label: say('applications:needs.noKit') },
    ...kitsFor(families).map((name) => ({
      value: name,
      label: say(`applications:kit.${name}.title`),
    })),
  ]
}

function NeedRow({
  row,
  filled,
  families,
  campaign,
  source,
}: {
  row: number
  filled: Filled
  families: string[]
  campaign: Campaign
  source: ReturnType<typeof sourcesIn>
}) {
  const { say } = filled
  const id = filled.typed[needField(row, 'id')] || newId()
  const field = (name: string) => ({
    filled,
    name: needField(row, name),
    ...source(`${id}-${name}`),
  })
  return (
    <fieldset class="stack">
      <legend>{say('applications:needs.row', { rank: row })}</legend>
      <input type="hidden" name={needField(row, 'id')} value={id} />
      <SelectField
        {...field('family')}
        label={say('applications:needs.family')}
        choices={familyChoices(say, families, say('applications:needs.noFamily'))}
      />
      <div class="row">
        <TextField {...field('hoursMin')} label={say('applications:needs.hoursMin')} suffix="h" />
        <TextField {...field('hoursMax')} label={say('applications:needs.hoursMax')} suffix="h" />
      </div>
      <AreaField {...field('deliverable')} label={say('applications:needs.deliverable')} rows={2} />
      <div class="row">
        <SelectField
          {...field('modality')}
          label={say('applications:needs.modality')}
          value="hybrid"
          choices={modalities.map((modality) => ({
            value: modality,
            label: say(`applications:modality.${modality}`),
          }))}
        />
        <TextField
          {...field('startsOn')}
          label={say('applications:needs.startsOn')}
          type="date"
          value={campaign.startsOn}
        />
        <TextField
          {...field('endsOn')}
          label={say('applications:needs.endsOn')}
          type="date"
          value={campaign.endsOn}
        />
      </div>
    </fieldset>
  )
}
