import { type Campaign, familiesOf } from '#campaigns'
import { organisationOf, organisationsOf, type Place } from '#people'
import { blank, type Column, textCell } from '#platform'
import { type LineField, lineFields, type Said } from './columns.ts'

/** What there is to fill in: a company's skills, or the companies of the commune, and no hour yet. */
export async function modelOf(
  place: Place,
  campaign: Campaign,
): Promise<{ columns: Column<Said>[]; lines: Said[] }> {
  const { tx, territory, say } = place
  const { id, kind } = organisationOf(place)
  const title = (field: LineField) => say(`pledge-files:field.${field}`)
  const columns = lineFields.map((field) => ({
    name: title(field),
    cell: (line: Said) => (line[field] ? textCell(line[field]) : blank),
  }))
  const companies = await organisationsOf(tx, territory.id, 'company')
  const named = companies.map((one) => ({ siret: one.siret ?? '', company: one.name, id: one.id }))
  if (kind !== 'company') return { columns, lines: named.map(({ id: _, ...line }) => line) }
  const { siret = '', company = '' } = named.find((one) => one.id === id) ?? {}
  const families = await familiesOf(tx, campaign)
  const lines = families.map((family) => ({
    siret,
    company,
    family: say(`campaigns:family.${family}`),
  }))
  return { columns, lines }
}
