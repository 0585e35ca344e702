import { Hono } from 'hono'
import { campaignOfPath } from '#campaigns'
import { actorOf, allow, type PlaceEnv } from '#people'
import { reviewedFiles } from './standings.ts'
import { interestsOf } from './store.ts'
import { rowsFor, shownRows } from './table.ts'
import { TablePage } from './table-page.tsx'

export const tableRoutes = new Hono<PlaceEnv>()

tableRoutes.get(
  '/:year{[0-9]{4}}/review',
  allow('municipality.agent', 'municipality.elected'),
  async (context) => {
    const place = context.get('place')
    const campaign = await campaignOfPath(place, context)
    const files = await reviewedFiles(place.tx, campaign)
    const interests = await interestsOf(place.tx, place.territory.id)
    const rows = rowsFor(files, actorOf(place).personId, interests)
    const filter = context.req.query('show') ?? 'all'
    return context.html(
      <TablePage
        place={place}
        campaign={campaign}
        rows={rows}
        shown={shownRows(rows, filter)}
        filter={filter}
      />,
    )
  },
)
