import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deviceOf } from '#people'
import { networkOf } from '../src/web/doors/limits.tsx'
import { emailOf } from './cast.ts'
import { type World, world } from './world.ts'

let valmont: World
beforeAll(async () => {
  valmont = await world()
})
afterAll(() => valmont.house.close())

const goesTo = (answer: Response) => answer.headers.get('location')

describe('my sign-ins', () => {
  test('each device is listed, without where it was; one is ended from another', async () => {
    const phone = await valmont.browser('amina')
    const laptop = await valmont.browser('amina')
    const page = await (await laptop.get('/account')).text()
    expect(page).toContain('cet appareil')
    const [, end = ''] = /action="(\/account\/sessions\/[^"]+\/revocation)"/.exec(page) ?? []
    expect(goesTo(await laptop.post(end))).toBe('/account')
    expect(goesTo(await phone.get('/valmont/home'))).toContain('/sign-in')
    expect((await laptop.get('/valmont/home')).status).toBe(200)
    const kept = await valmont.house.db.selectFrom('sessions').select('ipAddress').execute()
    expect(new Set(kept.map(({ ipAddress }) => ipAddress || null))).toEqual(new Set([null]))
  })

  test('all the others end at once; this one stays', async () => {
    const others = [await valmont.browser('luc'), await valmont.browser('luc')]
    const mine = await valmont.browser('luc')
    expect(goesTo(await mine.post('/account/sessions/revocation'))).toBe('/account')
    for (const other of others)
      expect(goesTo(await other.get('/valmont/home'))).toContain('/sign-in')
    expect((await mine.get('/valmont/home')).status).toBe(200)
  })

  test('nobody ends the session of somebody else', async () => {
    const eva = await valmont.browser('eva')
    const luc = await valmont.house.db
      .selectFrom('sessions')
      .select('id')
      .where('personId', '=', valmont.cast.people.luc.id)
      .executeTakeFirstOrThrow()
    expect((await eva.post(`/account/sessions/${luc.id}/revocation`)).status).toBe(404)
    expect((await eva.post('/account/sessions/nothing/revocation')).status).toBe(404)
  })

  test('a device is named by its browser and its system, no more', () => {
    const seen = (agent: string) => deviceOf(`Mozilla/5.0 ${agent}`)
    expect(seen('(Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0')).toBe('Edge, Windows')
    expect(seen('(Linux; Android 15) Chrome/130.0 Mobile Safari/537')).toBe('Chrome, Android')
    expect(seen('(iPhone; CPU iPhone OS 18 like Mac OS X) Safari/604')).toBe('Safari, iOS')
    expect(seen('(X11; Linux x86_64) Gecko Firefox/140.0')).toBe('Firefox, Linux')
    expect(deviceOf('curl/8')).toBeUndefined()
    expect(deviceOf(null)).toBeUndefined()
  })
})

describe('the sign-in page tells nobody who is known', () => {
  const known = 'rose'
  const ask = async (email: string) => {
    const browser = await valmont.browser()
    const from = performance.now()
    const answer = await browser.post('/sign-in', { email })
    const text = (await answer.text()).replaceAll(email, 'EMAIL')
    return { status: answer.status, text, took: performance.now() - from }
  }

  test('same page, and time of the same order', async () => {
    const seen = await ask(emailOf(known))
    const unseen = await ask('nobody.at.all@exemple.org')
    expect(unseen.text).toBe(seen.text)
    expect(unseen.status).toBe(seen.status)
    // The answer waits longer than the work takes: neither is quick.
    for (const { took } of [seen, unseen]) expect(took).toBeGreaterThan(140)
    expect(Math.max(seen.took, unseen.took)).toBeLessThan(3 * Math.min(seen.took, unseen.took))
  })

  test('after five links for one mailbox both wait, with the same page', async () => {
    const pages: { status: number; text: string }[] = []
    for (const email of [emailOf('karim'), 'nobody.either@exemple.org']) {
      for (let turn = 0; turn < 5; turn += 1) expect((await ask(email)).status).toBe(200)
      pages.push(await ask(` ${email.toUpperCase()} `))
    }
    expect(pages.map(({ status }) => status)).toEqual([429, 429])
    expect(pages[0]?.text).toBe(pages[1]?.text)
    const mails = await valmont.house.db
      .selectFrom('outbox')
      .select('id')
      .where('recipient', '=', emailOf('karim'))
      .execute()
    expect(mails).toHaveLength(5)
  })

  test('the counters keep no mail address', async () => {
    const rows = await valmont.house.db.selectFrom('doorTries').selectAll().execute()
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows.map(({ subject }) => subject))).not.toContain('exemple.org')
  })
})

describe('one address of the network', () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    networkOf({
      env: { incoming: { socket: { remoteAddress } } },
      req: { header: () => forwarded },
    } as unknown as Parameters<typeof networkOf>[0])

  test('is what the line says, or what a proxy of ours saw last; nobody chooses their own', () => {
    expect(from('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7')
    expect(from('127.0.0.1', '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9')
    expect(from('::ffff:10.0.0.4', '203.0.113.9, 10.0.0.3')).toBe('203.0.113.9')
    expect(from('10.0.0.4', 'not an address')).toBe('10.0.0.4')
    expect(from('10.0.0.4')).toBe('10.0.0.4')
  })

  test('is a whole home in IPv6', () => {
    expect(from('2001:db8:1:2:aaaa::1')).toBe(from('2001:db8:1:2:bbbb:cccc::2'))
    expect(from('2001:db8::1')).toBe('2001:db8:0:0')
    expect(from('2001:db8:1:3::1')).not.toBe(from('2001:db8:1:2::1'))
  })

  test('sixty tries, then everyone behind it waits', async () => {
    const { app } = valmont.house
    const ask = (remoteAddress: string) =>
      app.request(
        'http://localhost:3000/sign-in/a-token-of-nobody',
        {
          method: 'POST',
          body: new URLSearchParams(),
          headers: { origin: 'http://localhost:3000' },
        },
        { incoming: { socket: { remoteAddress } } },
      )
    for (let turn = 0; turn < 60; turn += 1) expect((await ask('203.0.113.7')).status).toBe(410)
    const late = await ask('203.0.113.7')
    expect(late.status).toBe(429)
    expect(await late.text()).toContain('Trop d&#39;essais')
    expect((await ask('203.0.113.8')).status).toBe(410)
  })
})
