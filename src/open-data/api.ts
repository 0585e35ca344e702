import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { campaignOfYear, campaignsOf } from '#campaigns'
import { type SeasonFigures, seasonFigures } from '#impact'
import { allow, found, type PlaceEnv } from '#people'
import { marksIn } from '#pledges'
import { verifyReceipt } from '#receipts'
import { needsOf } from './needs.ts'
import { publicationsOf } from './store.ts'

// What the public pages show, for programs. Cents and minutes are whole numbers.
const cents = z.int().describe('Euro cents')
const minutes = z.int().describe('Minutes')
const commune = z.string().describe('The commune’s short name, as in its address')

const Season = z
  .object({
    year: z.int(),
    title: z.string(),
    state: z.string(),
    publishedAt: z.iso.datetime().nullable(),
  })
  .openapi('Season')

const counted = {
  lastYearCents: cents,
  cashCents: cents,
  fallCents: cents,
  awardedMinutes: minutes,
  doneMinutes: minutes,
  doneValueCents: cents.describe('Indicative value of the hours done; never added to the cash'),
  compensationPercent: z.number().nullable().describe('Null where cash did not fall'),
}
const Figures = z
  .object({
    year: z.int(),
    total: z.object(counted),
    associations: z.array(z.object({ name: z.string(), ...counted })),
  })
  .openapi('SeasonFigures')

const Thermometer = z
  .object({
    year: z.int(),
    skills: z.array(
      z.object({
        family: z.string(),
        lastYearMinutes: minutes.describe('Asked in last year’s files'),
        askedMinutes: minutes
          .nullable()
          .describe('Asked so far; null while fewer than three associations ask'),
        promisedMinutes: minutes,
        confirmedMinutes: minutes,
        missingMinutes: minutes,
      }),
    ),
  })
  .openapi('Thermometer')

const Verification = z
  .object({
    number: z.string(),
    kind: z.string(),
    madeAt: z.iso.datetime(),
    sha256: z.string(),
    digestMatches: z.boolean(),
    ledgerSeq: z.int().nullable(),
  })
  .openapi('Verification')

function answers<Schema extends z.ZodType>(schema: Schema, description: string) {
  return {
    200: { description, content: { 'application/json': { schema } } },
    404: { description: 'Not there, or not published' },
  }
}

const seasonsRoute = createRoute({
  method: 'get',
  path: '/{territory}/seasons',
  middleware: [allow('public')] as const,
  request: { params: z.object({ territory: commune }) },
  responses: answers(z.array(Season), 'The commune’s seasons, the latest first'),
})

const figuresRoute = createRoute({
  method: 'get',
  path: '/{territory}/seasons/{year}/figures',
  middleware: [allow('public')] as const,
  request: { params: z.object({ territory: commune, year: z.string().regex(/^\d{4}$/) }) },
  responses: answers(Figures, 'Cash, fall, hours and share compensated of a published season'),
})

const documentRoute = createRoute({
  method: 'get',
  path: '/{territory}/documents/{code}',
  middleware: [allow('public')] as const,
  request: { params: z.object({ territory: commune, code: z.string().max(40) }) },
  responses: answers(Verification, 'Whether the document with this code is the one METIS sealed'),
})

const thermometerRoute = createRoute({
  method: 'get',
  path: '/{territory}/seasons/{year}/thermometer',
  middleware: [allow('public')] as const,
  request: { params: z.object({ territory: commune, year: z.string().regex(/^\d{4}$/) }) },
  responses: answers(
    Thermometer,
    'Hours needed and hours promised by skill; no association, no company',
  ),
})

export const publicApi = new OpenAPIHono<PlaceEnv>()

publicApi.openapi(seasonsRoute, async (context) => {
  const { tx, territory } = context.get('place')
  const published = await publicationsOf(tx, territory.id)
  const shown = (await campaignsOf(tx, territory.id)).filter(({ state }) => state !== 'draft')
  const seasons = shown.map(({ id, year, title, state }) => ({
    year,
    title,
    state,
    publishedAt: published.get(id)?.publishedAt.toISOString() ?? null,
  }))
  return context.json(seasons, 200)
})

publicApi.openapi(figuresRoute, async (context) => {
  const { tx, territory } = context.get('place')
  const campaign = found(
    await campaignOfYear(tx, territory.id, Number(context.req.valid('param').year)),
  )
  found((await publicationsOf(tx, territory.id)).get(campaign.id))
  const { lines, total } = await seasonFigures(tx, campaign)
  return context.json(
    {
      year: campaign.year,
      total: plain(total),
      associations: lines.map((line) => ({ name: line.name, ...plain(line) })),
    },
    200,
  )
})

publicApi.openapi(documentRoute, async (context) => {
  const { tx, territory } = context.get('place')
  const { code } = context.req.valid('param')
  const { document, digestMatches, link } = found(await verifyReceipt(tx, territory.id, code))
  return context.json(
    {
      number: document.number,
      kind: document.kind,
      madeAt: document.madeAt.toISOString(),
      sha256: document.sha256,
      digestMatches,
      ledgerSeq: link ? Number(link.seq) : null,
    },
    200,
  )
})

publicApi.openapi(thermometerRoute, async (context) => {
  const { tx, territory } = context.get('place')
  const year = Number(context.req.valid('param').year)
  const campaign = found(await campaignOfYear(tx, territory.id, year))
  found(campaign.state === 'draft' ? undefined : campaign)
  const marks = await marksIn(tx, campaign, needsOf)
  const skills = marks.map((mark) => ({
    family: mark.family,
    lastYearMinutes: Number(mark.lastYearMinutes),
    askedMinutes: mark.askedMinutes === undefined ? null : Number(mark.askedMinutes),
    promisedMinutes: Number(mark.promisedMinutes),
    confirmedMinutes: Number(mark.confirmedMinutes),
    missingMinutes: Number(mark.missingMinutes),
  }))
  return context.json({ year, skills }, 200)
})

/** OpenAPI 3.1 of what is above, at `/api/openapi.json`. */
export function apiDescription() {
  return publicApi.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'METIS',
      version: '1',
      description: 'What a commune has published of its METIS seasons. No key, no account.',
    },
    servers: [{ url: '/api/v1' }],
  })
}

function plain(figures: SeasonFigures['total']) {
  return {
    lastYearCents: Number(figures.lastYearCents),
    cashCents: Number(figures.cashCents),
    fallCents: Number(figures.fallCents),
    awardedMinutes: Number(figures.awardedMinutes),
    doneMinutes: Number(figures.doneMinutes),
    doneValueCents: Number(figures.doneValueCents),
    compensationPercent: figures.compensationPercent ?? null,
  }
}
