import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { askProvider, isStrong, refusalOf } from '#people'
import { log, readConfig } from '#platform'
import { emailOf, organisations } from '../cast.ts'
import { testConfig } from '../house.ts'
import { type Browser, type World, world } from '../world.ts'
import { type OpenProvider, openProvider } from './provider.ts'

const idp = { idp_id: 'mon-comptepro' }
const townHall = organisations.valmont.siret
const accounts = {
  claire: { ...idp, email: emailOf('claire'), siret: townHall, acr: 'eidas1-mfa' },
  paul: { ...idp, email: emailOf('paul'), siret: townHall, acr: 'eidas1' },
  // Another establishment of the same legal person, its address in capitals.
  jeanne: { ...idp, email: 'JEANNE@exemple.org', siret: '99999900600029' },
  elsewhere: { ...idp, email: emailOf('luc'), siret: '11111111100001' },
  uninvited: { ...idp, email: 'new.agent@valmont.example', siret: townHall },
  wrongHouse: { ...idp, email: emailOf('hugo'), siret: townHall },
  bare: { ...idp, email: emailOf('claire') },
}

describe('through ProConnect', () => {
  let provider: OpenProvider
  let valmont: World
  beforeAll(async () => {
    provider = await openProvider({ url: testConfig.url, accounts, isStrict: true })
    const config = { ...testConfig, provider: provider.config, secondFactor: 'required' as const }
    valmont = await world(undefined, config)
  })
  beforeEach(() => provider.misbehave(''))
  afterAll(async () => {
    await provider.close()
    await valmont.house.close()
  })

  /** Out to the provider and back, as this account; answers what METIS said to the answer. */
  async function come(browser: Browser, as: string) {
    const query = await roundTrip(await askedAt(browser), as)
    return { query, answer: await bringBack(browser, query) }
  }
  const askedAt = async (browser: Browser, to = '/valmont/home') =>
    (await browser.post('/sign-in/provider', { to })).headers.get('location') ?? ''

  async function bringBack(browser: Browser, query: string): Promise<Response> {
    const page = await browser.get(`/sign-in/provider/answer?${query}`)
    expect(page.status).toBe(200)
    return browser.post('/sign-in/provider/answer', { answer: query })
  }

  async function told(answer: Response) {
    return { status: answer.status, title: titleOf(await answer.text()) }
  }

  async function lastLink(email: string): Promise<string> {
    const { body } = await valmont.house.db
      .selectFrom('outbox')
      .select('body')
      .where('recipient', '=', email)
      .orderBy('writtenAt', 'desc')
      .executeTakeFirstOrThrow()
    return new URL(/http\S+/.exec(body)?.[0] ?? '').pathname
  }

  test('the first time, the mailbox says yes; the next, the door opens at once', async () => {
    const browser = await valmont.browser()
    const { answer } = await come(browser, 'claire')
    expect(await told(answer)).toEqual({ status: 200, title: 'Une dernière vérification' })
    const link = await lastLink(emailOf('claire'))
    // Sent on to another browser, the link joins nothing.
    const other = await valmont.browser()
    expect((await other.post(link)).status).toBe(403)
    expect((await browser.get(link)).status).toBe(200)
    expect((await browser.post(link)).headers.get('location')).toBe('/valmont/home')
    // Two factors were shown there (eidas1-mfa): none is asked here.
    expect((await browser.get('/valmont/home')).status).toBe(200)

    const next = await valmont.browser()
    const again = await come(next, 'claire')
    expect(again.answer.headers.get('location')).toBe('/valmont/home')
    expect((await next.get('/valmont/home')).status).toBe(200)
    const page = await (await next.get('/account')).text()
    expect(page).toContain('Fournisseur d&#39;identité.')
  })

  test('signing out here signs out there', async () => {
    const browser = await valmont.browser()
    await come(browser, 'claire')
    const goodbye = new URL((await browser.post('/sign-out')).headers.get('location') ?? '')
    expect(goodbye.origin).toBe(provider.config.issuer)
    expect([...goodbye.searchParams.keys()].sort()).toEqual([
      'id_token_hint',
      'post_logout_redirect_uri',
      'state',
    ])
    expect((await fetch(goodbye)).status).toBe(200)
    expect((await browser.get('/valmont/home')).status).toBe(303)
  })

  test('one factor there is not enough for a signatory here', async () => {
    const browser = await valmont.browser()
    await come(browser, 'jeanne')
    await browser.post(await lastLink(emailOf('jeanne')))
    const home = await browser.get('/valmont/home')
    expect(home.headers.get('location')).toContain('/second-factor')
  })

  test('an elected member comes in with one', async () => {
    const browser = await valmont.browser()
    await come(browser, 'paul')
    await browser.post(await lastLink(emailOf('paul')))
    expect((await browser.get('/valmont/home')).status).toBe(200)
  })

  test.each([
    ['elsewhere', 'Votre organisation n&#39;est pas connue ici'],
    ['uninvited', 'Il vous manque une invitation'],
    ['wrongHouse', 'Vous n&#39;avez pas de rôle dans cette organisation'],
    ['bare', 'ProConnect n&#39;a pas dit pour quelle organisation vous venez'],
    ['nobody', 'La connexion n&#39;est pas allée au bout'],
  ])('%s is told: %s', async (as, title) => {
    const browser = await valmont.browser()
    const { answer } = await come(browser, as)
    expect(await told(answer)).toEqual({ status: 403, title })
    expect((await browser.get('/account')).status).toBe(303)
  })

  const notTheirs = 'Cette réponse ne vient pas de ProConnect'
  const badSignature = 'La signature de ProConnect n&#39;est pas bonne'
  test.each([
    ['issuer', 403, notTheirs],
    ['signature', 403, badSignature],
    ['hs256', 403, badSignature],
    ['userinfo-signature', 403, badSignature],
    ['nonce', 403, 'Cette réponse a déjà servi'],
    ['audience', 502, 'La réponse de ProConnect est incomplète'],
    ['userinfo-subject', 502, 'La réponse de ProConnect est incomplète'],
    ['userinfo-plain', 502, 'La réponse de ProConnect est incomplète'],
  ])('a wrong %s opens nothing', async (kind, status, title) => {
    await provider.misbehave(kind)
    const browser = await valmont.browser()
    const { answer } = await come(browser, 'claire')
    expect(await told(answer)).toEqual({ status, title })
    expect((await browser.get('/account')).status).toBe(303)
  })

  test('an answer that names another issuer is refused before anything is asked of it', async () => {
    const browser = await valmont.browser()
    const query = new URLSearchParams(await roundTrip(await askedAt(browser), 'claire'))
    query.set('iss', 'https://another.example')
    expect(await told(await bringBack(browser, query.toString()))).toEqual({
      status: 403,
      title: notTheirs,
    })
  })

  test('the same answer brought twice, or to another browser, or without its question', async () => {
    const replayed = { status: 403, title: 'Cette réponse a déjà servi' }
    const browser = await valmont.browser()
    const { query } = await come(browser, 'claire')
    expect(await told(await bringBack(browser, query))).toEqual(replayed)

    const mine = await valmont.browser()
    const stolen = await roundTrip(await askedAt(mine), 'claire')
    const thief = await valmont.browser()
    expect(await told(await bringBack(thief, stolen))).toEqual(replayed)
    await askedAt(thief)
    expect(await told(await bringBack(thief, stolen))).toEqual(replayed)
  })

  test('nothing of the answer is written in a log', async () => {
    const written: string[] = []
    const level = log.level
    log.level = 'debug'
    const spies = (['info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(log, name).mockImplementation((...said: unknown[]) => {
        written.push(JSON.stringify(said))
      }),
    )
    await provider.misbehave('userinfo-signature')
    const { query } = await come(await valmont.browser(), 'claire')
    for (const spy of spies) spy.mockRestore()
    log.level = level
    expect(written.join()).toContain('signature')
    const secrets = [...new URLSearchParams(query).values(), provider.config.clientSecret]
    for (const secret of [...secrets, 'eyJ', 'exemple.org', townHall])
      expect(written.join()).not.toContain(secret)
  })

  test('the door and the joining of accounts are in the journal', async () => {
    const rows = await valmont.house.db.selectFrom('journal').select('action').execute()
    const actions = rows.map(({ action }) => action)
    expect(actions).toContain('door.accountJoined')
    expect(actions).toContain('door.entered')
  })
})

test('any other provider does too, with PKCE and without a SIRET', async () => {
  const provider = await openProvider({
    url: testConfig.url,
    accounts: { amina: { email: emailOf('amina') } },
    isStrict: false,
  })
  const house = await world(undefined, { ...testConfig, provider: provider.config })
  const browser = await house.browser()
  const asked = (await browser.post('/sign-in/provider')).headers.get('location') ?? ''
  expect(new URL(asked).searchParams.get('code_challenge_method')).toBe('S256')
  const answer = await roundTrip(asked, 'amina')
  const said = await browser.post('/sign-in/provider/answer', { answer })
  expect(titleOf(await said.text())).toBe('Une dernière vérification')
  await provider.close()
  await house.house.close()
})

test('a provider that does not answer is a page, and the other doors stay', async () => {
  const provider = {
    issuer: 'http://localhost:1',
    clientId: 'metis',
    clientSecret: 'none',
    name: 'ProConnect',
    scopes: 'openid',
    alg: 'RS256',
    isProConnect: true,
  }
  expect(await askProvider(testConfig, provider, '/')).toEqual({ refused: 'down' })
  const house = await world(undefined, { ...testConfig, provider })
  const answer = await (await house.browser()).post('/sign-in/provider')
  expect(answer.status).toBe(502)
  expect(await answer.text()).toContain('recevez un lien par courriel')
  await house.house.close()
})

test('the levels of ProConnect that stand for two factors', () => {
  const strong = ['eidas0-mfa', 'eidas1-mfa', 'eidas2', 'eidas3']
  for (const acr of strong) expect(isStrong({ acr })).toBe(true)
  for (const acr of ['eidas0', 'eidas1', '', 'eidas1-mfa-not'])
    expect(isStrong({ acr })).toBe(false)
  expect(isStrong({ amr: ['pwd', 'mfa'] })).toBe(true)
  expect(isStrong({ amr: ['pwd'] })).toBe(false)
  expect(refusalOf('nothing that is an error')).toBe('unreadable')
})

test('settings half given, or in clear on the network, are refused in a sentence', () => {
  const env = { METIS_SECRET: 'a secret of thirty-two signs or more', METIS_MODE: 'production' }
  const issuer = 'https://fca.integ01.dev-agentconnect.fr/api/v2'
  expect(() => readConfig({ ...env, METIS_OIDC_ISSUER: issuer })).toThrow('set all three')
  const whole = { ...env, METIS_OIDC_CLIENT_ID: 'metis', METIS_OIDC_CLIENT_SECRET: 'secret' }
  expect(() => readConfig({ ...whole, METIS_OIDC_ISSUER: 'http://example.fr' })).toThrow('https')
  const { provider, secondFactor } = readConfig({
    ...whole,
    METIS_OIDC_ISSUER: issuer,
    METIS_OIDC_PRESET: 'proconnect',
  })
  expect(provider).toMatchObject({ name: 'ProConnect', isProConnect: true, alg: 'RS256' })
  expect(provider?.scopes.split(' ')).toContain('siret')
  expect(secondFactor).toBe('required')
})

/** What a person does at the provider: chooses an account; answers the query that comes back. */
async function roundTrip(address: string, as: string): Promise<string> {
  const jar = new Map<string, string>()
  let at = new URL(address)
  for (let turn = 0; turn < 8; turn += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      jar.set(name, value)
    }
    const to = answer.headers.get('location')
    if (!to) throw new Error(`${at.pathname}: ${answer.status} ${await answer.text()}`)
    at = new URL(to, at)
    if (at.pathname === '/sign-in/provider/answer') return at.search.slice(1)
    if (at.pathname.startsWith('/interaction/')) at.searchParams.set('as', as)
  }
  throw new Error('the provider goes round in circles')
}

function titleOf(html: string): string | undefined {
  return /<h1[^>]*>([^<]*)<\/h1>/.exec(html)?.[1]?.trim()
}
