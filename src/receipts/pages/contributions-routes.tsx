import { type Context, Hono } from 'hono'
import { inKindNotePdf } from '#documents'
import { parseDay, type Refusal, refusal } from '#kit'
import { associationRoles } from '#missions'
import { allow, found, organisationById, organisationOf, type Place, type PlaceEnv } from '#people'
import { answerTable, type Filled, sayIn, type Typed } from '#platform'
import { contributionsIn, type FiscalYear } from '../contributions.ts'
import { daysOnReceipts, receiptsOfAssociation } from '../store.ts'
import { ContributionsPage, type ContributionsProps } from './contributions.tsx'
import { contributionColumns, noteOf } from './contributions-files.ts'

/** What the association's treasurer copies in its accounts: `?from=…&to=…` is its own fiscal year. */
export const contributionRoutes = new Hono<PlaceEnv>()

const BASE = '/:year{[0-9]{4}}/contributions'
const association = allow(...associationRoles)

contributionRoutes.get(BASE, association, async (context) => {
  const read = await readContributions(context)
  const status = read.filled.refusals.length > 0 ? 422 : 200
  return context.html(<ContributionsPage {...read} />, status)
})

contributionRoutes.get(
  `${BASE}/:file{contributions\\.(?:csv|xlsx|ods)}`,
  association,
  async (context) => {
    const { fiscalYear, contributions } = await readContributions(context)
    const name = `contributions-${fiscalYear.from}-${fiscalYear.to}`
    return answerTable(context, { columns: contributionColumns, items: contributions, name })
  },
)

contributionRoutes.get(`${BASE}/note.pdf`, association, async (context) => {
  const read = await readContributions(context)
  const { place, fiscalYear } = read
  const own = found(await organisationById(place.tx, organisationOf(place).id))
  const pdf = inKindNotePdf(noteOf(read, { own, say: sayIn('fr') }))
  const name = `contributions-${fiscalYear.from}-${fiscalYear.to}.pdf`
  return context.body(new Uint8Array(pdf), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${name}"`,
    'cache-control': 'private, no-store',
  })
})

async function readContributions(context: Context<PlaceEnv>): Promise<ContributionsProps> {
  const place = context.get('place')
  const { tx, territory } = place
  const year = context.req.param('year') ?? ''
  const { fiscalYear, filled } = readFiscalYear(place, year, context.req.query())
  const associationId = organisationOf(place).id
  const receipts = await receiptsOfAssociation(tx, territory.id, associationId)
  const worked = await daysOnReceipts(tx, territory.id, associationId)
  const contributions = contributionsIn(fiscalYear, receipts, worked)
  return { place, year, fiscalYear, filled, contributions }
}

/** The civil year of the address, unless the association said when its own begins and ends. */
function readFiscalYear(
  { say }: Place,
  year: string,
  query: Typed,
): { fiscalYear: FiscalYear; filled: Filled } {
  const civil = { from: found(parseDay(`${year}-01-01`)), to: found(parseDay(`${year}-12-31`)) }
  const typed = { from: query.from ?? civil.from, to: query.to ?? civil.to }
  const from = parseDay(typed.from)
  const to = parseDay(typed.to)
  const refusals: Refusal[] = []
  for (const [field, known] of Object.entries({ from, to }))
    if (!known) refusals.push(refusal('receipts:refused.noDay', { field }))
  if (from && to && to < from)
    refusals.push(refusal('receipts:refused.yearEndsBefore', { field: 'to' }))
  const isRead = from && to && refusals.length === 0
  return { fiscalYear: isRead ? { from, to } : civil, filled: { say, typed, refusals } }
}
