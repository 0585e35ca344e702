import type { Child } from 'hono/jsx'
import { dayOf, formatDay, formatEuros } from '#kit'
import type { Place } from '#people'
import { AreaField, type Filled, lawOn, type Say, SelectField, TextField } from '#platform'
import type { Shown } from '../draft-form.tsx'
import { sourcesIn } from '../draft-source.ts'
import { SectionPage } from '../section-page.tsx'
import { type CerfaSection, type Field, fields } from './fields.ts'
import type { Cerfa, Known } from './file.ts'
import { cerfaWords, fieldLabel, groupLabel } from './words.ts'

export type CerfaPage = {
  place: Place
  section: CerfaSection
  shown: Shown
  filled: Filled
  cerfa: Cerfa
}

/** A part of the form, its fields one under the other, those of one thing or person in one frame. */
export function CerfaFormPage({ children, ...page }: CerfaPage & { children?: Child }) {
  const { place, section, shown, filled } = page
  return (
    <SectionPage
      place={place}
      shown={shown}
      filled={filled}
      title={place.say(`applications:task.${section}`)}
      lead={place.say(`cerfa:lead.${section}`)}
      after={children}
    >
      <Fields page={page} fields={fields[section]} />
    </SectionPage>
  )
}

export function Fields({ page, fields: shown }: { page: CerfaPage; fields: readonly Field[] }) {
  const { say } = page.place
  return (
    <>
      {grouped(shown).map(({ group, members }) =>
        group === undefined ? (
          members.map((field) => <Control page={page} field={field} />)
        ) : (
          <fieldset class="stack">
            <legend>{groupLabel(say, group)}</legend>
            {members.map((field) => (
              <Control page={page} field={field} />
            ))}
          </fieldset>
        ),
      )}
    </>
  )
}

function grouped(shown: readonly Field[]): { group: string | undefined; members: Field[] }[] {
  const groups: { group: string | undefined; members: Field[] }[] = []
  for (const field of shown) {
    const last = groups.at(-1)
    if (last && last.group === field.group) last.members.push(field)
    else groups.push({ group: field.group, members: [field] })
  }
  return groups
}

function Control({ page, field }: { page: CerfaPage; field: Field }) {
  const { filled } = page
  const { say } = filled
  const hint = hintOf(page, field)
  const props = {
    filled,
    name: field.name,
    label: fieldLabel(say, field.name),
    ...(hint && { hint }),
  }
  switch (field.kind) {
    case 'words':
      return <AreaField {...props} rows={field.most > 1000 ? 5 : 3} />
    case 'choice':
      return <SelectField {...props} choices={choicesOf(say, field)} />
    case 'day':
      return <TextField {...props} type="date" />
    case 'count':
      return <TextField {...props} inputmode="numeric" />
    case 'fullTime':
      return <TextField {...props} inputmode="decimal" suffix={say('cerfa:fullTime')} />
    case 'cents':
      return <TextField {...props} inputmode="decimal" suffix="€" />
    // Never type="email": a browser would refuse to save a draft for it.
    case 'email':
      return <TextField {...props} inputmode="email" />
    default:
      return <TextField {...props} />
  }
}

function choicesOf(say: Say, { name, choices }: Field) {
  const known = choices.map((value) => ({ value, label: cerfaWords(say, name, value) }))
  return [{ value: '', label: say('cerfa:notSaid') }, ...known]
}

/** Help, then where the value comes from: an earlier file, a register of that day. */
function hintOf({ place, shown, filled, cerfa }: CerfaPage, field: Field): string | undefined {
  const most = formatEuros(lawOn(place.today).publicAidStatedAboveCents, place.language)
  const help = field.hasHint ? place.say(`cerfa:hint.${field.name}`, { most }) : undefined
  const { hint } = sourcesIn(place, shown)(field.name, help)
  const typed = filled.typed[field.name] ?? ''
  const told = (cerfa.known[field.name] ?? []).map((known) =>
    knownWords(place, field.name, { known, typed }),
  )
  return [hint, ...told].filter(Boolean).join(' ') || undefined
}

/** A register's value: where it is the one in the field, only whose it is; else the value too. */
export function knownWords(
  { say, language }: Pick<Place, 'say' | 'language'>,
  name: string,
  { known, typed }: { known: Known; typed: string },
): string {
  const source = say(`cerfa:source.${known.source}`)
  const day = known.at ? formatDay(dayOf(known.at), language) : ''
  const value = cerfaWords(say, name, known.value)
  if (known.value === typed)
    return known.at ? say('cerfa:known.same', { source, day }) : say('cerfa:known.card', { source })
  return known.at
    ? say('cerfa:known.other', { source, day, value })
    : say('cerfa:known.cardOther', { source, value })
}
