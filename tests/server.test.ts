import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuth } from '#people'
import { inTerritory, migrate, type Opened, openDatabase } from '#platform'
import { type Cast, settle } from './cast.ts'
import { testConfig } from './house.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let server: PostgresServer
let opened: Opened
let cast: Cast
beforeAll(async () => {
  server = await startPostgres()
  const databaseUrl = await server.createDatabase('metis')
  opened = await openDatabase({ databaseUrl, dataDir: 'unused' })
  await migrate(opened.db)
  cast = await settle(opened.db)
})
afterAll(async () => {
  await opened?.close()
  await server?.stop()
})

test('the same schema stands on a PostgreSQL server, under an owner who is no superuser', async () => {
  expect(await migrate(opened.db)).toEqual([])
})

test('two processes that start at once on an empty database migrate it once', async () => {
  const databaseUrl = await server.createDatabase('fresh')
  const open = () => openDatabase({ databaseUrl, dataDir: 'unused' })
  const processes = await Promise.all([open(), open(), open()])
  const applied = await Promise.all(processes.map(({ db }) => migrate(db)))
  await Promise.all(processes.map(({ close }) => close()))
  expect(new Set(applied.flat()).size).toBe(applied.flat().length)
})

test('sign-in works there too', async () => {
  const auth = createAuth(opened.db, testConfig)
  await auth.api.signInMagicLink({
    body: { email: cast.people.claire.email },
    headers: new Headers(),
  })
  const mails = await opened.db.selectFrom('outbox').select('recipient').execute()
  expect(mails).toEqual([{ recipient: cast.people.claire.email }])
})

test('fifty requests at once each see their own commune', async () => {
  const seen = await Promise.all(
    Array.from({ length: 50 }, () =>
      inTerritory(opened.db, { territoryId: cast.territory.id, readOnly: true }, (tx) =>
        tx.selectFrom('territories').select('slug').execute(),
      ),
    ),
  )
  expect(new Set(seen.flat().map(({ slug }) => slug))).toEqual(new Set(['valmont']))
})
