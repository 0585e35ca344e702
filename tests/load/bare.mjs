// The least a page can cost here: node:http and pg, the page's own queries, a string. No sign-in, no
// row policy, no language, no frame.
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 })

createServer(async (request, response) => {
  const [, slug, year] = request.url.split('/')
  const { rows: territories } = await pool.query(
    'select id, name from territories where slug = $1',
    [slug],
  )
  const territory = territories[0]
  const { rows: campaigns } = await pool.query(
    'select c.*, (select state from campaign_states s where s.territory_id = c.territory_id and s.campaign_id = c.id order by rank desc limit 1) as state from campaigns c where territory_id = $1 and year = $2',
    [territory.id, year],
  )
  const campaign = campaigns[0]
  const { rows: families } = await pool.query(
    'select f.family from campaign_families f join skill_families k on k.code = f.family where territory_id = $1 and campaign_id = $2 order by k.rank',
    [territory.id, campaign.id],
  )
  const { rows: pledges } = await pool.query(
    'select p.*, o.name from pledges p join organisations o on o.id = p.company_id where territory_id = $1 and campaign_id = $2 order by o.name, p.id',
    [territory.id, campaign.id],
  )
  const { rows: balances } = await pool.query(
    'select a.kind, a.subject_id, l.balance_after from ledger_accounts a join lateral (select balance_after from ledger_lines where territory_id = a.territory_id and account_id = a.id order by account_rank desc limit 1) l on true where a.territory_id = $1 and a.campaign_id = $2',
    [territory.id, campaign.id],
  )
  const lines = families.map(({ family }) => {
    const own = pledges.filter((pledge) => pledge.family === family)
    return `<tr><th>${family}</th><td>${own.reduce((sum, pledge) => sum + Number(pledge.pledged_minutes), 0)}</td></tr>`
  })
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(
    `<!doctype html><title>${territory.name}</title><table>${lines.join('')}</table>${balances.length}`,
  )
}).listen(Number(process.env.PORT), () => process.send?.('ready'))
