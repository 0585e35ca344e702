import { dayOf } from '#kit'
import type { Place } from '#people'
import { type Choice, DayText, type Filled, SelectField, TextField } from '#platform'
import { modalities } from '../rules.ts'
import type { Shown } from './actions.ts'
import { type LineField, lineFields } from './columns.ts'
import { type Around, padded } from './judge.ts'
import type { LinesProps } from './lines-page.tsx'

/** Titles that were not understood: often of no use, at times the hours themselves. */
export function ColumnsApart({ place, lines, filled }: LinesProps) {
  const { say } = place
  const examples = new Map(lines.toReversed().flatMap(({ apart }) => Object.entries(apart)))
  if (examples.size === 0) return null
  const fields = lineFields.map((value) => ({ value, label: say(`pledge-files:field.${value}`) }))
  return (
    <section class="ds-card stack">
      <h2 class="ds-heading" data-size="sm">
        {say('pledge-files:columns.title')}
      </h2>
      <p class="hint">{say('pledge-files:columns.lead')}</p>
      <div class="row">
        {[...examples].map(([title, example], rank) => (
          <div>
            <input type="hidden" name={`title-${rank}`} value={title} />
            <SelectField
              {...{ filled, name: `column-${rank}`, label: title }}
              hint={say('pledge-files:columns.example', { example })}
              choices={[{ value: '', label: say('pledge-files:columns.none') }, ...fields]}
            />
          </div>
        ))}
      </div>
      <CheckAgain say={say} />
    </section>
  )
}

function CheckAgain({ say }: Pick<Place, 'say'>) {
  return (
    <button class="ds-button" data-variant="secondary" type="submit" name="deed" value="check">
      {say('pledge-files:wrong.check')}
    </button>
  )
}

export function WrongLines(props: LinesProps) {
  const { say } = props.place
  return (
    <section class="ds-card stack">
      <h2 class="ds-heading" data-size="sm">
        {say('pledge-files:wrong.title')}
      </h2>
      <p class="hint">{say('pledge-files:wrong.lead')}</p>
      {props.lines.map((line) => (
        <WrongLine {...props} line={line} />
      ))}
      <CheckAgain say={say} />
    </section>
  )
}

/** Only what is wrong is asked again; the rest of the line is recalled in one sentence. */
function WrongLine(props: LinesProps & { line: Shown }) {
  const { place, line, around, filled } = props
  const { say } = place
  const { refusals, said } = line
  const fields = [...new Set(refusals.flatMap(({ field }) => (field ? [field as LineField] : [])))]
  const shown: Filled = {
    say,
    typed: filled.typed,
    refusals: refusals.map((one) => ({ ...one, field: `${one.field}-${line.line}` })),
  }
  const rest = [said.company ?? line.company?.name, said.family, said.hours, said.siret]
  return (
    <fieldset class="stack">
      <legend>{say('pledge-files:wrong.line', { line: line.line })}</legend>
      <p class="hint">{rest.filter((text) => text).join(' · ')}</p>
      {refusals
        .filter(({ field }) => !field)
        .map(({ code, values }) => (
          <p class="ds-validation-message" data-color="danger">
            {say(code, values)}
          </p>
        ))}
      <div class="row">
        {fields.map((field) => {
          const control = {
            filled: shown,
            name: `${field}-${line.line}`,
            label: say(`pledge-files:field.${field}`),
            value: said[field] ?? '',
          }
          const choices = choicesOf(field, { place, around })
          return choices.length > 0 ? (
            <SelectField {...control} choices={[asSaid(control.value, place), ...choices]} />
          ) : (
            <TextField {...control} />
          )
        })}
      </div>
      <Invitation {...props} />
    </fieldset>
  )
}

/** A company that the commune does not know: its agent asks it in, and the line follows. */
function Invitation({ place, file, line, invited }: LinesProps & { line: Shown }) {
  const { say, language, territory } = place
  const { said, refusals } = line
  if (!refusals.some(({ code }) => code === 'pledge-files:refused.unknownCompany')) return null
  const town = `/account/organisations/${territory.organisationId}`
  const sent = invited.get(padded(said.siret).replace(/\D/g, '').slice(0, 9))
  return (
    <p>
      {sent && (
        <>
          {say('pledge-files:invitation.sent')}{' '}
          <DayText value={dayOf(sent.invitedAt)} language={language} />.{' '}
        </>
      )}
      <a class="ds-link" href={`${town}/pledge-files/${file.id}/lines/${line.line}/invitation`}>
        {say(sent ? 'pledge-files:invitation.follow' : 'pledge-files:invitation.invite')}
        <span class="visually-hidden"> {said.company ?? said.siret}</span>
      </a>
    </p>
  )
}

function asSaid(value: string, { say }: Place): Choice {
  return { value, label: value ? say('pledge-files:wrong.asSaid', { value }) : '—' }
}

type Offered = { place: Place; around: Around }

function choicesOf(field: LineField, { place: { say }, around }: Offered): Choice[] {
  if (field === 'family')
    return around.openFamilies.map((value) => ({ value, label: say(`campaigns:family.${value}`) }))
  if (field === 'modality')
    return modalities.map((value) => ({
      value: say(`pledges:modality.${value}`),
      label: say(`pledges:modality.${value}`),
    }))
  if (field !== 'siret') return []
  const companies = around.own ? [around.own] : around.companies
  return companies.flatMap(({ siret, name }) => (siret ? [{ value: siret, label: name }] : []))
}
