// The least a page can cost here: node:http and pg, the very queries of the page, a string. No sign-in,
// no transaction, no row policy, no language, no frame.
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 })
const { queries, sample } = JSON.parse(process.env.PAGE_QUERIES)
const { rows } = await pool.query(
  'select t.slug, t.id as territory_id, c.id as campaign_id from territories t join campaigns c on c.territory_id = t.id',
)
const communes = new Map(rows.map((row) => [row.slug, row]))

createServer(async (request, response) => {
  const slug = request.url.split('/')[1]
  const commune = communes.get(slug)
  const own = { ...commune, slug }
  const asked = (value) => {
    const name = Object.keys(sample).find((key) => sample[key] === value)
    return name ? own[name] : value
  }
  const lines = []
  for (const { name, text, values } of queries) {
    const answer = await pool.query({ name, text, values: values.map(asked) })
    for (const row of answer.rows)
      lines.push(`<tr><td>${Object.values(row).join('</td><td>')}</td></tr>`)
  }
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(`<!doctype html><title>${slug}</title><table>${lines.join('')}</table>`)
}).listen(Number(process.env.PORT))
