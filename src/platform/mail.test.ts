import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#kit'
import { openHouse, type TestHouse, testConfig } from '../../tests/house.ts'
import { sendWaitingMail, takeBackMail, writeMail } from './mail.ts'

let house: TestHouse
let server: SMTPServer
let received: string[] = []
let isFull = false
beforeAll(async () => {
  house = await openHouse()
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (isFull) return done(new Error('mailbox full'))
        received.push(Buffer.concat(parts).toString())
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
})
beforeEach(() => {
  received = []
})
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve))
  await house.close()
})

function configured() {
  const { port } = server.server.address() as AddressInfo
  return { ...testConfig, smtpUrl: `smtp://localhost:${port}` }
}

test('a mail leaves the outbox once', async () => {
  await writeMail(house.db, {
    recipient: 'amina@exemple.org',
    subject: 'Décision',
    body: 'Bonjour',
  })
  expect(await sendWaitingMail(house.db, configured())).toBe(1)
  expect(await sendWaitingMail(house.db, configured())).toBe(0)
  expect(received).toHaveLength(1)
  expect(received[0]).toContain('amina@exemple.org')
})

test('a mail that cannot leave waits with the reason, and leaves when it can', async () => {
  await writeMail(house.db, { recipient: 'luc@exemple.org', subject: 'Rappel', body: 'Bonjour' })
  isFull = true
  expect(await sendWaitingMail(house.db, configured())).toBe(0)
  const kept = await house.db
    .selectFrom('outbox')
    .selectAll()
    .where('recipient', '=', 'luc@exemple.org')
    .executeTakeFirstOrThrow()
  expect(kept).toMatchObject({ attempts: 1, sentAt: null })
  expect(kept.lastError).toContain('mailbox full')
  isFull = false
  expect(await sendWaitingMail(house.db, configured())).toBe(1)
  expect(received).toHaveLength(1)
})

test('a mail whose cause was taken back while it waited never leaves', async () => {
  const causeId = newId()
  const held = { subject: 'Dossier complet', body: 'Bonjour', causeId, heldSeconds: 0 }
  await writeMail(house.db, { recipient: 'eva@exemple.org', ...held })
  await house.db.transaction().execute((tx) => takeBackMail(tx, causeId))
  expect(await sendWaitingMail(house.db, configured())).toBe(0)
  expect(received).toEqual([])
})
