import { type Context, Hono } from 'hono'
import { type Cents, cents, isId, isRefused, parseEuros, type Refusal, refusal } from '#kit'
import { allow, type Place, type PlaceEnv } from '#people'
import { Page, type Typed, typedOf } from '#platform'
import { matchBeneficiaries, saveBaselines } from './actions.ts'
import { associationsIn, baselinesOf, importedAmong, unmatchedOf } from './store.ts'
import { YearPage } from './year-page.tsx'

export const baselineYearRoutes = new Hono<PlaceEnv>()

baselineYearRoutes.get('/baselines/:year{[0-9]{4}}', allow('municipality.agent'), (context) =>
  yearPage(context, { typed: {}, refusals: [] }),
)

baselineYearRoutes.post(
  '/baselines/:year{[0-9]{4}}/matches',
  allow('municipality.agent'),
  async (context) => {
    const place = context.get('place')
    const typed = typedOf(await context.req.formData())
    await matchBeneficiaries(place, matchesIn(typed))
    return context.redirect(`${place.path}/baselines/${context.req.param('year')}`, 303)
  },
)

baselineYearRoutes.post(
  '/baselines/:year{[0-9]{4}}/amounts',
  allow('municipality.agent'),
  async (context) => {
    const place = context.get('place')
    const typed = typedOf(await context.req.formData())
    const { lines, refusals } = amountsIn(typed)
    if (refusals.length > 0) return yearPage(context, { typed, refusals })
    const outcome = await saveBaselines(place, { year: yearIn(context), lines })
    if (isRefused(outcome)) return yearPage(context, { typed, ...outcome })
    return context.redirect(`${place.path}/baselines/${context.req.param('year')}`, 303)
  },
)

function yearIn(context: Context<PlaceEnv>): number {
  return Number(context.req.param('year'))
}

function matchesIn(typed: Typed): { beneficiaryName: string; organisationId: string }[] {
  return Object.entries(typed).flatMap(([field, organisationId]) => {
    const rank = /^match-(\d+)$/.exec(field)?.[1]
    const beneficiaryName = typed[`name-${rank}`] ?? ''
    const isSaid = rank !== undefined && isId(organisationId) && beneficiaryName !== ''
    return isSaid ? [{ beneficiaryName, organisationId }] : []
  })
}

type TypedAmounts = {
  lines: { organisationId: string; amountCents: Cents }[]
  refusals: Refusal[]
}

function amountsIn(typed: Typed): TypedAmounts {
  const amounts: TypedAmounts = { lines: [], refusals: [] }
  for (const [field, text] of Object.entries(typed)) {
    const organisationId = field.replace('amount-', '')
    if (!field.startsWith('amount-') || !isId(organisationId) || text.trim() === '') continue
    const amountCents = parseEuros(text)
    if (amountCents === undefined)
      amounts.refusals.push(refusal('territory:refused.amount', { field }))
    amounts.lines.push({ organisationId, amountCents: amountCents ?? cents(0) })
  }
  return amounts
}

const UNMATCHED_SHOWN = 30

async function yearPage(
  context: Context<PlaceEnv>,
  answers: { typed: Typed; refusals: Refusal[] },
) {
  const place = context.get('place')
  const { say, frame, path, language, tx, territory } = place
  const year = yearIn(context)
  const shown = {
    filled: { say, ...answers },
    year,
    path,
    language,
    associations: await amountsOf(place, year),
    unmatched: await unmatchedOf(tx, territory.id, year, UNMATCHED_SHOWN),
  }
  return context.html(
    <Page frame={frame} title={say('territory:year.title', { year })}>
      <YearPage {...shown} />
    </Page>,
    answers.refusals.length > 0 ? 422 : 200,
  )
}

async function amountsOf({ tx, territory }: Place, year: number) {
  const imported = await importedAmong(tx, territory.id, year)
  const received = new Map(
    (await baselinesOf(tx, territory.id, year)).map((one) => [one.organisationId, one.amountCents]),
  )
  return (await associationsIn(tx, territory.id)).map((association) => ({
    ...association,
    amountCents: received.get(association.id),
    isFromFile: imported.has(association.id),
  }))
}
