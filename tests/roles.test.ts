import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, type Day, dayOf } from '#kit'
import { peopleOf, recipientsOf } from '#people'
import { inTerritory } from '#platform'
import { emailOf } from './cast.ts'
import { handedOver, openApplications } from './files.ts'
import { type World, world } from './world.ts'

let valmont: World
let year: number
let file: string
beforeAll(async () => {
  valmont = await world()
  const campaign = await openApplications(valmont)
  year = campaign.year
  file = await handedOver(valmont, 'amina', campaign)
})
afterAll(() => valmont.house.close())

const goesTo = (answer: Response) => answer.headers.get('location')
const applications = () => `/valmont/${year}/applications`

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

describe('whoever only reads for an association', () => {
  test('opens its file and who looked at it, and finds nothing to change there', async () => {
    const zoe = await valmont.browser('zoe')
    expect((await zoe.get('/valmont/home')).status).toBe(200)
    const own = goesTo(await zoe.get(applications())) ?? ''
    expect(own).toBe(`/valmont/applications/${file}`)
    const page = await (await zoe.get(own)).text()
    expect(page).toContain('Distribution du samedi')
    expect(page).not.toMatch(/<form[^>]*action="\/valmont/)
    expect((await zoe.get(`${own}/readers`)).status).toBe(200)
    expect((await zoe.get(`${own}/receipt.pdf`)).status).toBe(200)
    expect((await zoe.get(`/valmont/${year}/decisions`)).status).toBe(200)
  })

  test('and is refused wherever something would change', async () => {
    const zoe = await valmont.browser('zoe')
    for (const part of ['deposit', 'commitment', 'withdrawal', 'completion', 'project'])
      expect((await zoe.post(`/valmont/applications/${file}/${part}`)).status, part).toBe(403)
    expect((await zoe.post(applications())).status).toBe(403)
  })

  test('being more in another association gives nothing more here', async () => {
    const { house, cast } = valmont
    await house.db
      .insertInto('memberships')
      .values({
        personId: cast.people.zoe.id,
        organisationId: cast.organisations.theatre,
        role: 'association.representative',
      })
      .execute()
    const zoe = await valmont.browser('zoe')
    for (const part of ['completion', 'deposit', 'withdrawal'])
      expect((await zoe.post(`/valmont/applications/${file}/${part}`)).status, part).toBe(404)
  })
})

describe('whoever pays for the commune', () => {
  test('sees the decisions, and neither files nor the split', async () => {
    const yves = await valmont.browser('yves')
    expect((await yves.get('/valmont/home')).status).toBe(200)
    expect((await yves.get(`/valmont/${year}/decisions`)).status).toBe(200)
    expect((await yves.get(`/valmont/applications/${file}`)).status).toBe(403)
    expect((await yves.get(`/valmont/${year}/allocation`)).status).toBe(403)
    expect((await yves.post(`/valmont/${year}/decisions`)).status).toBe(403)
  })
})

describe('whoever administers the commune', () => {
  test('gives its roles and reads the seals, and examines no file', async () => {
    const odile = await valmont.browser('odile')
    expect(await (await odile.get('/valmont/home')).text()).toContain('Qui agit avec vous')
    expect((await odile.get('/valmont/journal')).status).toBe(200)
    expect((await odile.get(`/valmont/applications/${file}`)).status).toBe(403)
  })
})

describe('a guardian: Rose, who has her own association, acts for the band too', () => {
  const today = () => dayOf(valmont.house.now())

  test('starts its file in its name, and the journal says by whose mandate', async () => {
    await lend(addDays(today(), 60))
    const rose = await valmont.browser('rose')
    const { band } = valmont.cast.organisations
    const home = await (await rose.get('/valmont/home')).text()
    expect(home).toContain('Agir au nom de\u00a0: Harmonie municipale')
    expect(await (await rose.get(`/valmont/home?for=${band}`)).text()).toContain('par mandat')
    const started = goesTo(await rose.post(applications())) ?? ''
    const { associationId } = await valmont.house.db
      .selectFrom('applications')
      .select('associationId')
      .where('id', '=', started.split('/').at(-1) ?? '')
      .executeTakeFirstOrThrow()
    expect(associationId).toBe(band)
    const [deed] = await journalOf('application.started')
    expect(deed).toMatchObject({
      personId: valmont.cast.people.rose.id,
      details: { byMandateOf: band },
    })
  })

  test('the band reads what was done in its name, from the page of its keys; others read nothing of it', async () => {
    const { band } = valmont.cast.organisations
    const luc = await valmont.browser('luc')
    const keys = await (await luc.get(`/account/organisations/${band}`)).text()
    const href = /href="([^"]*deeds-by-mandate[^"]*)"/.exec(keys)?.[1] ?? ''
    const page = await (await luc.get(href)).text()
    expect(page).toContain('Rose Tessier')
    expect(page).toContain('A commencé une demande')
    const eva = await valmont.browser('eva')
    expect(await (await eva.get(href)).text()).not.toContain('Rose Tessier')
    expect((await (await valmont.browser('claire')).get(href)).status).toBe(403)
  })

  test('what she does for her own association is not by mandate', async () => {
    const rose = await valmont.browser('rose')
    await rose.get(`/valmont/home?for=${valmont.cast.organisations.gardens}`)
    await rose.post(applications())
    const [deed] = await journalOf('application.started')
    expect(deed?.details).toEqual({})
  })

  test('news for the band reaches her, but no paper names her as its representative', async () => {
    const { band } = valmont.cast.organisations
    const role = 'association.member' as const
    await valmont.as('claire', async ({ tx }) => {
      const to = { organisationId: band, role, today: today() }
      expect((await recipientsOf(tx, to)).map(({ email }) => email)).toEqual([emailOf('rose')])
      expect(await peopleOf(tx, band, role)).toEqual([])
    })
  })

  async function lend(until: Day): Promise<void> {
    const luc = await valmont.browser('luc')
    const { band } = valmont.cast.organisations
    const sent = await luc.post(`/account/organisations/${band}/invitations`, {
      kind: 'mandate',
      email: emailOf('rose'),
      role: 'association.member',
      from: today(),
      until,
    })
    expect(sent.status).toBe(303)
    const { body } = await valmont.house.db
      .selectFrom('outbox')
      .select('body')
      .where('recipient', '=', emailOf('rose'))
      .orderBy('writtenAt', 'desc')
      .executeTakeFirstOrThrow()
    const link = /http:\/\/localhost:3000(\/invitations\/\S+)/.exec(body)?.[1] ?? ''
    expect((await (await valmont.browser('rose')).post(link)).status).toBe(303)
  }
})

test('the journal keeps what was handed over: amounts as they are, words as a digest', async () => {
  const [deposited] = await journalOf('application.deposited')
  expect(deposited?.details).toMatchObject({ before: null, after: { askedCents: '150000' } })
  expect(JSON.stringify(deposited)).not.toContain('Soixante foyers')
})
