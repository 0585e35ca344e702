import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '#platform'
import { emailOf, type PersonKey, people } from './cast.ts'
import { freePort } from './free-port.ts'

const folder = mkdtempSync(join(tmpdir(), 'metis-broken-'))
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Started = {
  child: ChildProcess
  port: number
  ended: Promise<{ code: number | null; said: string }>
}

async function start(dataDir: string, port?: number): Promise<Started> {
  const chosen = port ?? (await freePort())
  const child = spawn(process.execPath, [join(root, 'bin', 'metis.mjs'), 'start', '--json'], {
    env: { ...process.env, METIS_DATA: dataDir, PORT: String(chosen), LOG_LEVEL: 'silent' },
  })
  running.add(child)
  let said = ''
  child.stdout?.on('data', (part: Buffer) => {
    said += part.toString()
  })
  child.stderr?.on('data', (part: Buffer) => {
    said += part.toString()
  })
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.on('exit', (code) => {
      running.delete(child)
      resolve({ code, said })
    }),
  )
  return { child, port: chosen, ended }
}

async function isOpen({ port, ended }: Started): Promise<void> {
  let isOver = false
  ended.then(() => {
    isOver = true
  })
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await fetch(`http://localhost:${port}/health`).catch(() => undefined)
    if (answer?.ok) return
    if (isOver) throw new Error((await ended).said)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('it does not open')
}

async function killed({ child, ended }: Started): Promise<void> {
  child.kill('SIGKILL')
  await ended
}

// The demo is played once; each test works on a copy of its folder.
const played = join(folder, 'played')
beforeAll(async () => {
  const first = await start(played)
  await isOpen(first)
  first.child.kill('SIGTERM')
  await first.ended
})

test('killed in the middle of making its first database, METIS starts anew as if nothing had been', async () => {
  const data = join(folder, 'young')
  const first = await start(data)
  for (let wait = 0; wait < 200 && !existsSync(join(data, 'postgres.unfinished')); wait++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  await killed(first)
  const second = await start(data)
  await isOpen(second)
  await killed(second)
})

test('whatever was acknowledged is there after a kill, at any moment', async () => {
  const data = join(folder, 'killed')
  cpSync(played, data, { recursive: true })
  const acknowledged: string[] = []
  for (let round = 0; round < 3; round++) {
    const house = await start(data)
    await isOpen(house)
    const before = acknowledged.length
    const writing = writeUntilDead(house, acknowledged)
    // In full write, however slow the machine: some answers are in, and one more is on its way.
    for (let wait = 0; wait < 600 && acknowledged.length < before + 2; wait++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    await new Promise((resolve) => setTimeout(resolve, round * 150))
    await killed(house)
    await writing
    expect(acknowledged.length - before).toBeGreaterThan(1)
  }
  expect(acknowledged.length).toBeGreaterThan(3)
  const last = await start(data)
  await isOpen(last)
  const mailbox = await (await fetch(`http://localhost:${last.port}/mailbox`)).text()
  // The mailbox shows the thirty latest: each acknowledged request left its mail.
  const expected = acknowledged.slice(-25)
  const sent = mailbox.match(/Votre lien de connexion/g) ?? []
  expect(sent.length).toBeGreaterThanOrEqual(expected.length)
  await killed(last)
})

// Everyone in turn and from elsewhere each time: no mailbox gets many links, no address asks for many.
const known = Object.keys(people) as PersonKey[]

async function writeUntilDead({ port }: Started, acknowledged: string[]): Promise<void> {
  for (;;) {
    const rank = acknowledged.length
    const answer = await fetch(`http://localhost:${port}/sign-in`, {
      method: 'POST',
      headers: { origin: `http://localhost:${port}`, 'x-forwarded-for': `203.0.113.${rank}` },
      body: new URLSearchParams({ email: emailOf(known[rank % known.length] ?? 'claire') }),
    }).catch(() => undefined)
    if (!answer) return
    if (answer.status !== 200) return
    acknowledged.push(`${port}:${rank}`)
  }
}

test('a port that is taken is named in one sentence, before anything is made', async () => {
  const taken = createServer().listen(0)
  await new Promise((resolve) => taken.once('listening', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { code, said } = await (await start(join(folder, 'no-port'), port)).ended
  taken.close()
  expect(code).toBe(2)
  expect(said.trim()).toMatch(/^Port \d+ is taken by another program\. .*PORT=\d+ npm start$/)
  expect(existsSync(join(folder, 'no-port', 'postgres'))).toBe(false)
})

test('a folder that cannot be written is named in one sentence', async () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  const { code, said } = await (await start(join(file, 'data'))).ended
  expect(code).toBe(2)
  expect(said.trim().split('\n')).toHaveLength(1)
  expect(said).toContain('cannot be written')
})

test('damaged data are named in one sentence, with the two ways out', async () => {
  const data = join(folder, 'damaged')
  cpSync(played, data, { recursive: true })
  writeFileSync(join(data, 'postgres', 'global', 'pg_control'), 'nonsense')
  const { code, said } = await (await start(data)).ended
  expect(code).toBe(2)
  expect(said.trim().split('\n')).toHaveLength(1)
  expect(said).toContain('last backup')
})

test('two programs never open the same folder', async () => {
  const data = join(folder, 'twice')
  cpSync(played, data, { recursive: true })
  const first = await start(data)
  await isOpen(first)
  const { code, said } = await (await start(data)).ended
  expect(code).toBe(2)
  expect(said).toContain('already runs')
  await killed(first)
})
