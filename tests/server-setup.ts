import pg from 'pg'
import { migrate, type Opened, openDatabase } from '#platform'

const TEMPLATE = 'metis_template'

/** `METIS_TEST_DATABASE=server npm test`: the whole suite on a PostgreSQL server of its own. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.METIS_TEST_DATABASE !== 'server') return undefined
  const { startPostgres } = await import('./postgres-server.ts')
  const server = await startPostgres()
  await order(server.adminUrl, `create database ${TEMPLATE}`)
  const template = await openDatabase({
    databaseUrl: `${server.adminUrl}/${TEMPLATE}`,
    dataDir: '',
  })
  await migrate(template.db)
  await template.close()
  // Read by tests/house.ts in each worker.
  process.env.METIS_TEST_SERVER = server.adminUrl
  return server.stop
}

/** A database of its own for one house, dropped when closed. */
export async function copyOfTemplate(serverUrl: string): Promise<Opened> {
  const name = `house_${crypto.randomUUID().replaceAll('-', '')}`
  await order(serverUrl, `create database ${name} template ${TEMPLATE}`)
  const { db, close } = await openDatabase({ databaseUrl: `${serverUrl}/${name}`, dataDir: '' })
  return {
    db,
    close: async () => {
      await close()
      await order(serverUrl, `drop database ${name} with (force)`)
    },
  }
}

async function order(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client(`${serverUrl}/postgres`)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
