import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actsFor } from '#applications'
import { invite, seatsOf } from '#people'
import { inTerritory } from '#platform'
import { runInvite } from '../src/web/invite-command.ts'
import { emailOf } from './cast.ts'
import { testConfig } from './house.ts'
import { type Browser, type World, world } from './world.ts'

let valmont: World
let at = Date.parse('2027-03-01T09:00:00Z')
const later = (days: number) => {
  at += days * 24 * 3600 * 1000
}
beforeAll(async () => {
  valmont = await world(() => new Date(at))
})
afterAll(() => valmont.house.close())

const goesTo = (answer: Response) => answer.headers.get('location')
const seatsAt = (key: keyof World['cast']['organisations']) =>
  `/account/organisations/${valmont.cast.organisations[key]}`

/** What was written to this address, the newest first. */
async function mailsTo(email: string) {
  return valmont.house.db
    .selectFrom('outbox')
    .select(['subject', 'body'])
    .where('recipient', '=', email)
    .orderBy('writtenAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** The address of the newest link of this shape in that mailbox. */
async function linkTo(email: string, shape = 'invitations'): Promise<string> {
  for (const { body } of await mailsTo(email)) {
    const link = new RegExp(`http://localhost:3000(/${shape}/\\S+)`).exec(body)?.[1]
    if (link) return link
  }
  throw new Error(`no link to ${email}`)
}

async function rolesOf(email: string, organisation: string): Promise<string[]> {
  const rows = await valmont.house.db
    .selectFrom('memberships as m')
    .innerJoin('people as p', 'p.id', 'm.personId')
    .select('m.role')
    .where('p.email', '=', email)
    .where('m.organisationId', '=', organisation)
    .where('m.endedAt', 'is', null)
    .orderBy('m.role')
    .execute()
  return rows.map(({ role }) => role)
}

async function journalOf(action: string) {
  const { id: territoryId } = valmont.cast.territory
  return inTerritory(valmont.house.db, { territoryId, readOnly: true }, (tx) =>
    tx
      .selectFrom('journal')
      .select(['personId', 'subjectId', 'details'])
      .where('action', '=', action)
      .orderBy('seq', 'desc')
      .execute(),
  )
}

const send = (browser: Browser, of: keyof World['cast']['organisations'], form: object) =>
  browser.post(`${seatsAt(of)}/invitations`, {
    kind: 'colleague',
    ...(form as Record<string, string>),
  })

describe('a representative invites a volunteer who has never heard of METIS', () => {
  const email = 'nadege@exemple.org'
  const role = 'association.member'

  test('who opens the link, says their name, and acts for the association', async () => {
    const amina = await valmont.browser('amina')
    expect(goesTo(await send(amina, 'foodBank', { email: 'Nadege@exemple.org', role }))).toBe(
      `${seatsAt('foodBank')}?sent`,
    )
    const link = await linkTo(email)
    const guest = await valmont.browser()
    expect(await (await guest.get(link)).text()).toContain('Banque alimentaire de Valmont')
    expect((await guest.post(link, { name: ' ' })).status).toBe(422)
    expect(goesTo(await guest.post(link, { name: 'Nadège Roy' }))).toBe('/home')
    expect(goesTo(await guest.get('/home'))).toBe('/valmont/home')
    expect(await rolesOf(email, valmont.cast.organisations.foodBank)).toEqual([role])
    const page = await (await amina.get(seatsAt('foodBank'))).text()
    expect(page).toContain('Nadège Roy')
    expect(page).toContain('acceptée')
    expect((await mailsTo(emailOf('amina')))[0]?.subject).toContain('Nadège Roy')
  })

  test('the link opens once, for nobody else', async () => {
    const link = await linkTo(email)
    expect((await (await valmont.browser()).get(link)).status).toBe(410)
    expect((await (await valmont.browser()).post(link, { name: 'Quelqu’un' })).status).toBe(410)
  })

  test('and the journal says who gave which role, before and after, without the address', async () => {
    const [given] = await journalOf('role.given')
    expect(given?.details).toMatchObject({ role, before: [], after: [role] })
    const sent = await journalOf('invitation.sent')
    expect(sent[0]?.personId).toBe(valmont.cast.people.amina.id)
    expect(JSON.stringify(sent)).not.toContain('nadege')
  })
})

describe('whoever invites never learns whether an address is known', () => {
  test('same answer, same list, for a neighbour’s president and for nobody', async () => {
    const rose = await valmont.browser('rose')
    const pages: string[] = []
    for (const email of [emailOf('marc'), 'personne@exemple.org']) {
      const sent = await send(rose, 'gardens', { email, role: 'association.member' })
      expect(goesTo(sent)).toBe(`${seatsAt('gardens')}?sent`)
      const page = await (await rose.get(`${seatsAt('gardens')}?sent`)).text()
      const [item = ''] = page.match(new RegExp(`<li><span><b>${email}.*?</li>`, 's')) ?? []
      pages.push(
        item
          .replaceAll(email, 'ADDRESS')
          .replace(/[0-9a-f-]{36}/g, 'ID')
          .replace(/<time.*?<\/time>/g, 'TIME'),
      )
    }
    expect(pages[0]).not.toBe('')
    expect(pages[1]).toBe(pages[0])
  })

  test('someone known must open their own account first: the invitation is no key to it', async () => {
    const link = await linkTo(emailOf('marc'))
    const stranger = await valmont.browser()
    expect(await (await stranger.post(link)).text()).toContain('Regardez votre boîte aux lettres')
    expect(goesTo(await stranger.get('/home'))).toBe('/sign-in')
    const signIn = await linkTo(emailOf('marc'), 'sign-in')
    expect(decodeURIComponent(signIn)).toContain(link)
    const rose = await valmont.browser('rose')
    expect(await (await rose.get(link)).text()).toContain('une autre adresse')
    expect(goesTo(await rose.post(link))).toBe(link)
    const marc = await valmont.browser('marc')
    expect(goesTo(await marc.post(link))).toBe('/home')
    expect(await rolesOf(emailOf('marc'), valmont.cast.organisations.gardens)).toEqual([
      'association.member',
    ])
    expect(await rolesOf(emailOf('marc'), valmont.cast.organisations.theatre)).toEqual([
      'association.representative',
    ])
  })

  test('a wrong address comes back as typed, with its reason', async () => {
    const rose = await valmont.browser('rose')
    const answer = await send(rose, 'gardens', { email: 'marc', role: 'association.member' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('value="marc"')
  })
})

describe('an invitation that was a mistake', () => {
  const email = 'erreur@exemple.org'

  test('is withdrawn, and opens nothing any more', async () => {
    const luc = await valmont.browser('luc')
    await send(luc, 'band', { email, role: 'association.reader' })
    const page = await (await luc.get(seatsAt('band'))).text()
    const [, withdrawal = ''] = /action="([^"]+\/withdrawal)"/.exec(page) ?? []
    expect(goesTo(await luc.post(withdrawal))).toBe(seatsAt('band'))
    expect((await (await valmont.browser()).get(await linkTo(email))).status).toBe(410)
    expect(await (await luc.get(seatsAt('band'))).text()).toContain('retirée')
  })

  test('or too old, and sent again: the newest link alone is good', async () => {
    const luc = await valmont.browser('luc')
    await send(luc, 'band', { email, role: 'association.reader' })
    const first = await linkTo(email)
    later(8)
    expect((await (await valmont.browser()).get(first)).status).toBe(410)
    const page = await (await luc.get(seatsAt('band'))).text()
    expect(page).toContain('trop ancienne')
    const [, letters = ''] = /action="([^"]+\/letters)"/.exec(page) ?? []
    await luc.post(letters)
    const second = await linkTo(email)
    expect(second).not.toBe(first)
    expect((await (await valmont.browser()).get(first)).status).toBe(410)
    expect((await (await valmont.browser()).get(second)).status).toBe(200)
  })
})

describe('two clicks at the same moment', () => {
  test('give one seat, and one page says that the link is no longer good', async () => {
    const marc = await valmont.browser('marc')
    const email = 'presse@exemple.org'
    await send(marc, 'theatre', { email, role: 'association.member' })
    const link = await linkTo(email)
    const guests = await Promise.all([valmont.browser(), valmont.browser(), valmont.browser()])
    const answers = await Promise.all(guests.map((one) => one.post(link, { name: 'Paule Pressé' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410])
    const { theatre } = valmont.cast.organisations
    expect(await rolesOf(email, theatre)).toEqual(['association.member'])
    const given = await journalOf('role.given')
    expect(given.filter(({ details }) => JSON.stringify(details).includes(theatre))).toHaveLength(1)
  })

  test('nor do two presidents leave each other the last place', async () => {
    const { house, cast } = valmont
    const { theatre } = cast.organisations
    const marc = await valmont.browser('marc')
    const email = 'seconde@exemple.org'
    await send(marc, 'theatre', { email, role: 'association.representative' })
    const guest = await valmont.browser()
    await guest.post(await linkTo(email), { name: 'Solène Seconde' })
    const seats = await seatsOf(house.db, theatre)
    const presidents = seats.filter(({ role }) => role === 'association.representative')
    expect(presidents).toHaveLength(2)
    const leave = (browser: Browser, index: number) =>
      browser.post(
        `${seatsAt('theatre')}/seats/${presidents[index]?.personId}/association.representative/ending`,
      )
    const byName = (name: string) => presidents.findIndex((seat) => seat.name === name)
    const answers = await Promise.all([
      leave(marc, byName('Marc Vidal')),
      leave(guest, byName('Solène Seconde')),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  })
})

describe('who may give which role', () => {
  test('an agent, a member, another association: nobody sees the page nor sends a letter', async () => {
    for (const key of ['claire', 'eva', 'zoe'] as const) {
      const browser = await valmont.browser(key)
      expect((await browser.get(seatsAt('foodBank'))).status, key).toBe(404)
      const form = { email: 'x@exemple.org', role: 'association.member' }
      expect((await send(browser, 'foodBank', form)).status, key).toBe(404)
    }
    expect((await (await valmont.browser('claire')).get(seatsAt('valmont'))).status).toBe(404)
  })

  test('an administrator gives the roles of the commune, a company those of the company', async () => {
    const odile = await valmont.browser('odile')
    const form = { email: 'payeur@exemple.org', role: 'municipality.finance' }
    expect(goesTo(await send(odile, 'valmont', form))).toContain('?sent')
    const jeanne = await valmont.browser('jeanne')
    expect((await send(jeanne, 'bakery', form)).status).toBe(422)
    const baker = { email: 'mitron@exemple.org', role: 'company.employee' }
    expect(goesTo(await send(jeanne, 'bakery', baker))).toContain('?sent')
  })
})

describe('DN-5716 a president leaves', () => {
  test('the last one cannot simply go: a successor is named first', async () => {
    const eva = await valmont.browser('eva')
    const seat = `${seatsAt('canoe')}/seats/${valmont.cast.people.eva.id}/association.representative`
    expect((await eva.get(seat)).status).toBe(200)
    const refused = await eva.post(`${seat}/ending`)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('Désignez d&#39;abord')
  })

  test('the successor accepts, and the predecessor’s role ends in the same breath', async () => {
    const eva = await valmont.browser('eva')
    const email = 'fanny@exemple.org'
    expect(goesTo(await send(eva, 'canoe', { kind: 'successor', email }))).toContain('?sent')
    expect(await rolesOf(emailOf('eva'), valmont.cast.organisations.canoe)).toHaveLength(1)
    const fanny = await valmont.browser()
    await fanny.post(await linkTo(email), { name: 'Fanny Serre' })
    const { canoe } = valmont.cast.organisations
    expect(await rolesOf(email, canoe)).toEqual(['association.representative'])
    expect(await rolesOf(emailOf('eva'), canoe)).toEqual([])
    expect((await eva.get('/valmont/home')).status).toBe(403)
    expect((await fanny.get('/valmont/home')).status).toBe(200)
    expect((await journalOf('role.ended'))[0]?.details).toMatchObject({
      because: 'successor',
      before: ['association.representative'],
      after: [],
    })
  })

  test('whoever left keeps their name on what they did, and may come back later', async () => {
    const kept = await valmont.house.db
      .selectFrom('memberships')
      .select('endedAt')
      .where('personId', '=', valmont.cast.people.eva.id)
      .execute()
    expect(kept).toHaveLength(1)
    expect(kept[0]?.endedAt).not.toBeNull()
    later(1)
    const browser = await valmont.browser()
    await browser.post('/demo/sessions', { email: 'fanny@exemple.org' })
    await send(browser, 'canoe', { email: emailOf('eva'), role: 'association.representative' })
    const eva = await valmont.browser('eva')
    await eva.post(await linkTo(emailOf('eva')))
    expect((await eva.get('/valmont/home')).status).toBe(200)
  })
})

describe('DN-5716 a president is gone without a word', () => {
  const email = 'gilles@exemple.org'
  const evidence = 'Procès-verbal de l’assemblée générale du 12 février, vu en mairie.'
  const door = () =>
    `${seatsAt('valmont')}/associations/${valmont.cast.organisations.homework}/reopening`

  test('the commune’s administrator opens to the new one, on evidence, and the members are told', async () => {
    const odile = await valmont.browser('odile')
    expect((await odile.post(door(), { email, evidence: 'oui' })).status).toBe(422)
    expect((await odile.post(door(), { email, evidence })).status).toBe(303)
    const told = await mailsTo(emailOf('karim'))
    expect(told[0]?.body).toContain(evidence)
    expect((await journalOf('invitation.sent'))[0]?.details).toMatchObject({ evidence })
    const gilles = await valmont.browser()
    await gilles.post(await linkTo(email), { name: 'Gilles Nivard' })
    const { homework } = valmont.cast.organisations
    expect(await rolesOf(email, homework)).toEqual(['association.representative'])
    expect(await rolesOf(emailOf('karim'), homework)).toEqual([])
    expect((await mailsTo(emailOf('karim')))[0]?.subject).toContain('ne représentez plus')
  })

  test('an agent, or the administrator of another place, does not', async () => {
    const claire = await valmont.browser('claire')
    expect((await claire.get(door())).status).toBe(404)
    const hugo = await valmont.browser('hugo')
    expect((await hugo.post(door(), { email, evidence })).status).toBe(404)
  })
})

describe('a mandate: a person acts for another association', () => {
  test('in its name, until the last day, and each deed says so', async () => {
    const luc = await valmont.browser('luc')
    const mandate = {
      kind: 'mandate',
      email: emailOf('rose'),
      role: 'association.member',
      from: '2027-03-01',
      until: '2027-04-30',
    }
    const tooLong = await send(luc, 'band', { ...mandate, until: '2029-01-01' })
    expect(tooLong.status).toBe(422)
    expect(goesTo(await send(luc, 'band', mandate))).toContain('?sent')
    const rose = await valmont.browser('rose')
    await rose.post(await linkTo(emailOf('rose')))
    const { band } = valmont.cast.organisations
    const may = () =>
      valmont.as('rose', async (place) => actsFor(place, band, ['association.member']))
    expect(await may()).toBe(true)
    expect(await (await luc.get(seatsAt('band'))).text()).toContain('par mandat')
    // A mandate is to act, not to choose who else does.
    expect((await rose.get(seatsAt('band'))).status).toBe(404)
    later(80)
    expect(await may()).toBe(false)
  })
})

describe('the first key of an organisation', () => {
  test('is given at the terminal, where nobody is there yet to give it', async () => {
    const lines: string[] = []
    const io = { out: (text: string) => lines.push(text), err: (text: string) => lines.push(text) }
    const open = async () => ({ db: valmont.house.db, close: async () => {} })
    const args = ['Maire@exemple.org', '--organisation', '21760000600019']
    const { config } = valmont.house
    expect(await runInvite(args, io, open, config)).toBe(0)
    expect(lines).toEqual([`http://localhost:3000${await linkTo('maire@exemple.org')}`])
    const [sent] = await journalOf('invitation.sent')
    expect(sent).toMatchObject({ personId: null, details: { role: 'municipality.admin' } })
    const strange = [...args.slice(0, 2), '21760000600019', '--role', 'company.csr']
    await expect(runInvite(strange, io, open, config)).rejects.toThrow('is not one of')
  })
})

test('nobody writes to a whole address book: after twenty letters one waits', async () => {
  const sarah = await valmont.browser('sarah')
  const form = (turn: number) => ({ email: `n${turn}@exemple.org`, role: 'company.employee' })
  for (let turn = 0; turn < 20; turn += 1)
    expect((await send(sarah, 'studio', form(turn))).status).toBe(303)
  expect((await send(sarah, 'studio', form(20))).status).toBe(429)
  expect(await mailsTo('n20@exemple.org')).toEqual([])
})

describe('where a second factor is required', () => {
  let strict: World
  beforeAll(async () => {
    strict = await world(() => new Date(), { ...testConfig, secondFactor: 'required' })
  })
  afterAll(() => strict.house.close())

  test('a new administrator puts one in place before giving anything', async () => {
    const { house, cast } = strict
    const organisation = {
      id: cast.organisations.valmont,
      name: 'Commune de Valmont',
      kind: 'municipality' as const,
    }
    const { link } = await invite(house.db, house.config, {
      asked: {
        organisation,
        email: 'nouveau@exemple.org',
        role: 'municipality.admin',
        kind: 'colleague',
        mandate: undefined,
        evidence: '',
        invitedBy: undefined,
      },
      now: house.now(),
    })
    const guest = await strict.browser()
    await guest.post(new URL(link).pathname, { name: 'Noé Nouveau' })
    const seats = `/account/organisations/${organisation.id}`
    for (const path of [seats, `${seats}/invitations/new`, '/valmont/home'])
      expect(goesTo(await guest.get(path)), path).toContain('/second-factor?to=')
    const form = { kind: 'colleague', email: 'x@exemple.org', role: 'municipality.agent' }
    expect(goesTo(await guest.post(`${seats}/invitations`, form))).toContain('/second-factor')
    expect((await guest.get('/account/second-factor')).status).toBe(200)
  })
})
