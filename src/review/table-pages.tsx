import { type Context, Hono } from 'hono'
import { campaignOfPath } from '#campaigns'
import { isRefused, parseDay, type Refusal } from '#kit'
import { actorOf, allow, type PlaceEnv } from '#people'
import { answerTable, type Typed, typedOf } from '#platform'
import { type BulkInput, doToMany, undoBulk } from './bulk.ts'
import { bulkKinds } from './bulk-store.ts'
import { exportedColumns, tableColumns } from './columns.ts'
import { answerPieces } from './pieces-zip.tsx'
import { TablePage } from './table-page.tsx'
import { saveColumns } from './table-store.ts'
import { type ReviewReaders, type TableView, tableViewOf } from './table-view.ts'

const BASE = '/:year{[0-9]{4}}/review'
const reviewers = allow('municipality.agent', 'municipality.elected')
const agents = allow('municipality.agent')

/** The work table: read, exported, and worked on many files at a time. */
export function tableRoutes(readers: ReviewReaders): Hono<PlaceEnv> {
  const routes = new Hono<PlaceEnv>()
  const viewOf = async (context: Context<PlaceEnv>, query = queryIn(context)) => {
    const place = context.get('place')
    return tableViewOf(place, await campaignOfPath(place, context), { readers, query })
  }

  routes.get(BASE, reviewers, async (context) => page(context, await viewOf(context)))

  routes.get(`${BASE}/:file{files\\.(?:csv|xlsx|ods)}`, reviewers, async (context) =>
    exported(context, await viewOf(context)),
  )

  routes.get(`${BASE}/pieces.zip`, agents, async (context) =>
    answerPieces(context, await viewOf(context)),
  )

  routes.post(`${BASE}/columns`, reviewers, async (context) => {
    const place = context.get('place')
    const campaign = await campaignOfPath(place, context)
    const typed = typedOf(await context.req.formData())
    const key = { territoryId: place.territory.id, personId: actorOf(place).personId }
    const columns = tableColumns
      .map(({ name }) => name)
      .filter((name) => typed[`column-${name}`] === 'yes')
    await saveColumns(place.tx, key, { columns, at: place.now })
    return context.redirect(`${place.path}/${campaign.year}/review${listOf(typed)}`, 303)
  })

  routes.post(`${BASE}/bulk`, agents, async (context) => {
    const form = await context.req.formData()
    const typed = typedOf(form)
    const view = await viewOf(context, new URLSearchParams(listOf(typed)))
    const ticked = new Set(form.getAll('file').map(String))
    const rows = typed.every === 'yes' ? view.shown : view.shown.filter(({ id }) => ticked.has(id))
    const place = context.get('place')
    const outcome = await doToMany(place, view.campaign, { rows, input: readBulk(typed) })
    if (isRefused(outcome)) return page(context, view, { typed, refusals: outcome.refusals })
    return context.redirect(`${place.path}/${view.campaign.year}/review${listOf(typed)}`, 303)
  })

  routes.post(`${BASE}/bulk/:bulkId/undoing`, agents, async (context) => {
    const place = context.get('place')
    const campaign = await campaignOfPath(place, context)
    const outcome = await undoBulk(place, context.req.param('bulkId'))
    if (isRefused(outcome))
      return page(context, await viewOf(context), { typed: {}, refusals: outcome.refusals })
    return context.redirect(`${place.path}/${campaign.year}/review`, 303)
  })
  return routes
}

function queryIn(context: Context): URLSearchParams {
  return new URL(context.req.url).searchParams
}

/** Back to the same list; nothing but a query, so that no form leads elsewhere. */
function listOf(typed: Typed): string {
  const query = new URLSearchParams(typed.list ?? '')
  return query.size > 0 ? `?${query}` : ''
}

function readBulk(typed: Typed): BulkInput {
  return {
    kind: bulkKinds.find((known) => known === typed.kind) ?? 'assign',
    agentId: typed.agentId ?? '',
    missing: (typed.missing ?? '').trim().slice(0, 4000),
    answerBy: parseDay(typed.answerBy ?? ''),
  }
}

function page(
  context: Context<PlaceEnv>,
  view: TableView,
  { typed, refusals }: { typed: Typed; refusals: Refusal[] } = { typed: {}, refusals: [] },
) {
  const place = context.get('place')
  const filled = { say: place.say, typed, refusals }
  return context.html(
    <TablePage place={place} view={view} filled={filled} />,
    refusals.length > 0 ? 422 : 200,
  )
}

/** Exactly what is on screen, in its order and its columns, all its pages; written as it is sent. */
function exported(context: Context<PlaceEnv>, view: TableView): Response {
  const { say } = context.get('place')
  return answerTable(context, {
    columns: exportedColumns(view.columns, say),
    items: view.shown,
    name: `instruction-${view.campaign.year}`,
    sheetName: say('review:table.title'),
  })
}
