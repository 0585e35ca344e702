import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brokenJournalRow } from '#journal'
import { signInLink } from '#people'
import { inTerritory } from '#platform'
import { codeOfStep, stepAt } from '../src/people/totp.ts'
import { emailOf, type PersonKey } from './cast.ts'
import { testConfig } from './house.ts'
import { type Browser, type World, world } from './world.ts'

// Without scripts throughout: pages are read, forms are sent.

let valmont: World
beforeAll(async () => {
  valmont = await world(undefined, { ...testConfig, secondFactor: 'required' })
})
afterAll(() => valmont.house.close())

/** Through one's mailbox alone. */
async function enter(person: PersonKey): Promise<Browser> {
  const browser = await valmont.browser()
  const { db, config } = valmont.house
  const link = await signInLink(db, config, emailOf(person))
  expect((await browser.post(new URL(link).pathname)).status).toBe(303)
  return browser
}

const goesTo = (answer: Response) => answer.headers.get('location')

/** Puts an application in place as a person would: reads the key in text, types its code. */
async function place(browser: Browser, to = '/valmont/home') {
  await browser.post('/account/second-factor', { to })
  const shown = await (await browser.get('/account/second-factor')).text()
  const key = (/secret-key">([A-Z2-7 ]+)</.exec(shown)?.[1] ?? '').replaceAll(' ', '')
  const secret = decode(key)
  const answer = await browser.post('/account/second-factor/confirmation', {
    code: codeOfStep(secret, stepAt(new Date())),
    to,
  })
  const page = await answer.text()
  const codes = [...page.matchAll(/<code>([A-Z2-7-]{19})<\/code>/g)].map(([, code = '']) => code)
  return { shown, secret, codes, status: answer.status }
}

function decode(key: string): Buffer {
  const bits = [...key]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** A code not taken yet: the next step is good half a minute ahead. */
const nextCode = (secret: Buffer) => codeOfStep(secret, stepAt(new Date()) + 1)

describe('an agent who has only the mailbox', () => {
  test('reads nothing and does nothing before a second factor is in place', async () => {
    const browser = await enter('claire')
    for (const path of ['/valmont/home', '/valmont/2027/applications', '/valmont/2027/ledger'])
      if ((await browser.get(path)).status !== 404)
        expect(goesTo(await browser.get(path))).toContain('/second-factor?to=')
    expect(goesTo(await browser.get('/second-factor?to=/valmont/home'))).toBe(
      '/account/second-factor?to=%2Fvalmont%2Fhome',
    )
    expect(await (await browser.get('/account/colleagues')).text()).not.toContain('Jeanne')
  })

  test('an association’s volunteer and an elected member are not asked for one', async () => {
    for (const person of ['amina', 'paul'] as const)
      expect((await (await enter(person)).get('/valmont/home')).status).toBe(200)
  })

  test('a company’s signatory is', async () => {
    const answer = await (await enter('jeanne')).get('/valmont/home')
    expect(goesTo(answer)).toContain('/second-factor')
  })
})

describe('the second factor, without scripts', () => {
  let browser: Browser
  let placed: Awaited<ReturnType<typeof place>>
  beforeAll(async () => {
    browser = await enter('claire')
    placed = await place(browser)
  })

  test('the key is shown as a drawing and in text, and ten recovery codes once', async () => {
    expect(placed.shown).toContain('<svg class="qr"')
    expect(placed.secret).toHaveLength(20)
    expect(placed.status).toBe(200)
    expect(placed.codes).toHaveLength(10)
    const again = await (await browser.get('/account/second-factor')).text()
    expect(again).toContain('10 codes de secours')
    for (const code of placed.codes) expect(again).not.toContain(code)
    expect(again).not.toContain('secret-key')
  })

  test('the page that shows the key stays in no cache', async () => {
    const answer = await browser.get('/account/second-factor')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('the session that put it in place goes on; the next one shows a code first', async () => {
    expect((await browser.get('/valmont/home')).status).toBe(200)
    const next = await enter('claire')
    expect(goesTo(await next.get('/valmont/home'))).toBe('/second-factor?to=%2Fvalmont%2Fhome')
    expect(goesTo(await next.get('/account'))).toBe('/second-factor?to=%2Faccount')
    const code = nextCode(placed.secret)
    const proved = await next.post('/second-factor', { code, to: '/valmont/home' })
    expect(goesTo(proved)).toBe('/valmont/home')
    expect((await next.get('/valmont/home')).status).toBe(200)

    const third = await enter('claire')
    const replayed = await third.post('/second-factor', { code, to: '/valmont/home' })
    expect(replayed.status).toBe(422)
    expect(await replayed.text()).toContain('Ce code n&#39;est pas bon')
  })

  test('whoever has only the mailbox cannot put another application in its place', async () => {
    const thief = await enter('claire')
    for (const path of ['/account/second-factor', '/account/second-factor/removal'])
      expect(goesTo(await thief.post(path))).toContain('/second-factor?to=')
    expect(goesTo(await thief.get('/account/second-factor'))).toContain('/second-factor?to=')
    expect((await thief.post('/account/passkeys/challenge')).status).toBe(403)
    expect((await thief.post('/account/passkeys', { name: 'mine' })).status).toBe(403)
  })

  test('a recovery code opens the door once, as typed from paper', async () => {
    const [code = ''] = placed.codes
    const lost = await enter('claire')
    const typed = code.toLowerCase().replaceAll('-', ' ')
    expect(goesTo(await lost.post('/second-factor', { code: typed }))).toBe('/home')
    const again = await enter('claire')
    expect((await again.post('/second-factor', { code })).status).toBe(422)
    expect(await (await lost.get('/account/second-factor')).text()).toContain('9 codes de secours')
  })

  test('ten new recovery codes replace the ones before', async () => {
    const answer = await browser.post('/account/second-factor/recovery-codes')
    const page = await answer.text()
    for (const code of placed.codes) expect(page).not.toContain(code)
    const [, before = ''] = placed.codes
    const lost = await enter('claire')
    expect((await lost.post('/second-factor', { code: before })).status).toBe(422)
  })

  test('after five wrong codes even the right one waits, and the owner is told', async () => {
    const thief = await enter('hugo')
    const { secret } = await place(thief)
    const other = await enter('hugo')
    for (let turn = 0; turn < 5; turn += 1)
      expect((await other.post('/second-factor', { code: '000000' })).status).toBe(422)
    const late = await other.post('/second-factor', { code: nextCode(secret) })
    expect(late.status).toBe(429)
    expect(late.headers.get('retry-after')).toBe('900')
    const mails = await valmont.house.db
      .selectFrom('outbox')
      .select('subject')
      .where('recipient', '=', emailOf('hugo'))
      .execute()
    expect(mails.filter(({ subject }) => subject.includes('codes faux'))).toHaveLength(1)
  })
})

describe('a lost telephone', () => {
  test('another administrator reopens the access, with a reason, and it is in the journal', async () => {
    const sarah = await enter('sarah')
    await place(sarah)
    const claire = await enter('claire')
    expect(goesTo(await claire.get('/account/colleagues'))).toContain('/second-factor')
    const admin = await valmont.browser('claire')
    const id = valmont.cast.people.sarah.id
    expect(await (await admin.get('/account/colleagues')).text()).toContain('Sarah Sorel')
    const short = await admin.post(`/account/colleagues/${id}/reset`, { reason: 'ok' })
    expect(short.status).toBe(422)
    const reason = 'Je lui ai parlé au téléphone'
    const done = await admin.post(`/account/colleagues/${id}/reset`, { reason })
    expect(goesTo(done)).toBe('/account/colleagues')

    expect(goesTo(await sarah.get('/valmont/home'))).toContain('/sign-in')
    const anew = await enter('sarah')
    expect(goesTo(await anew.get('/second-factor'))).toContain('/account/second-factor')
    const { territory, people } = valmont.cast
    const noted = await valmont.house.db
      .selectFrom('journal')
      .select(['personId', 'subjectId', 'details'])
      .where('territoryId', '=', territory.id)
      .where('action', '=', 'door.reset')
      .execute()
    expect(noted).toEqual([{ personId: people.claire.id, subjectId: id, details: { reason } }])
  })

  test('nobody else does: not an elected member, not a volunteer, not oneself', async () => {
    const { hugo, claire } = valmont.cast.people
    for (const person of ['paul', 'amina', 'tom', 'jeanne'] as const) {
      const browser = await valmont.browser(person)
      const answer = await browser.post(`/account/colleagues/${hugo.id}/reset`, {
        reason: 'Je le connais bien',
      })
      expect(answer.status).toBe(404)
    }
    const admin = await valmont.browser('claire')
    expect((await admin.get(`/account/colleagues/${claire.id}`)).status).toBe(404)
  })
})

test('everything that happened at the doors is in a journal that still holds', async () => {
  const territoryId = valmont.cast.territory.id
  const rows = await valmont.house.db.selectFrom('journal').select('action').execute()
  const actions = new Set(rows.map(({ action }) => action))
  for (const action of ['entered', 'factorPlaced', 'factorProved', 'codesRefused', 'reset'])
    expect(actions).toContain(`door.${action}`)
  const broken = await inTerritory(valmont.house.db, { territoryId }, (tx) =>
    brokenJournalRow(tx, territoryId),
  )
  expect(broken).toBeUndefined()
})

test('the database holds no key and no recovery code in clear', async () => {
  const factors = await valmont.house.db.selectFrom('secondFactors').selectAll().execute()
  const codes = await valmont.house.db.selectFrom('recoveryCodes').selectAll().execute()
  expect(factors.length).toBeGreaterThan(0)
  for (const { sealedSecret } of factors) expect(sealedSecret).toMatch(/^[\w-]{80,}$/)
  for (const { codeSha256 } of codes) expect(codeSha256).toMatch(/^[0-9a-f]{64}$/)
})
