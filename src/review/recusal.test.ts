import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { proposed } from '../../tests/council.ts'
import { type Browser, type World, world } from '../../tests/world.ts'

// An interest is declared once; from then on every door of that file is shut (CGCT art. L.2131-11).

let valmont: World
let campaign: Campaign
let band: string
let claire: Browser
let paul: Browser
let opinionLink: string
let scenario: string
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = await proposed(valmont)
  claire = await valmont.browser('claire')
  paul = await valmont.browser('paul')
  band = await idOfFile('band')
  scenario = await valmont.as('claire', async ({ tx }) => {
    const made = await tx.selectFrom('scenarios').select('id').executeTakeFirstOrThrow()
    return made.id
  })
  opinionLink = await askedOf('orchestre@departement.example')
  const luc = await valmont.browser('luc')
  await luc.post(`/valmont/applications/${band}/progress/messages`, { message: 'Secret du chef' })
  await claire.post(`/valmont/applications/${band}/notes`, { words: 'Secret entre nous' })
  for (const browser of [claire, paul]) {
    const form = { associationId: valmont.cast.organisations.band, nature: 'Vice-présidence' }
    expect((await browser.post('/valmont/interests', form)).status).toBe(303)
  }
})
afterAll(() => valmont.house.close())

function idOfFile(key: 'band' | 'foodBank'): Promise<string> {
  return valmont.as('claire', async ({ tx }) => {
    const { id } = await tx
      .selectFrom('applications')
      .select('id')
      .where('associationId', '=', valmont.cast.organisations[key])
      .executeTakeFirstOrThrow()
    return id
  })
}

async function askedOf(recipient: string): Promise<string> {
  const form = {
    recipient,
    recipientName: 'Odile Renard',
    capacity: 'Département',
    question: 'Qu’en dites-vous ?',
    answerBy: '2027-01-29',
  }
  await claire.post(`/valmont/applications/${band}/outside-opinions`, form)
  const mail = await valmont.house.db
    .selectFrom('outbox')
    .select('body')
    .where('recipient', '=', recipient)
    .executeTakeFirstOrThrow()
  return new URL(/https?:\S+\/opinions\/\S+/.exec(mail.body)?.[0] ?? '').pathname
}

test('file, pieces, receipt, notes, messages, opinions: each door is shut to a recused agent', async () => {
  const file = `/valmont/applications/${band}`
  const pages = ['', '/review', '/receipt.pdf', '/outside-opinions']
  for (const path of [...pages, `/pieces/${band}`, `/review/pieces/${band}`])
    expect((await claire.get(file + path)).status, path).toBe(403)
  expect((await claire.get(opinionLink)).status).toBe(410)
  const asked = { recipient: 'a@b.example', question: 'Un avis ?' }
  for (const what of [
    'marks',
    'notes',
    'messages',
    'completeness',
    'eligibility/cash',
    'eligibility/hours',
    'assignment',
    'review/draft',
    'outside-opinions',
    `outside-opinions/${band}/withdrawal`,
  ])
    expect((await claire.post(`${file}/${what}`, asked)).status, what).toBe(403)
})

test('the same doors are shut to a recused elected member', async () => {
  const file = `/valmont/applications/${band}`
  for (const path of ['/review', `/review/pieces/${band}`])
    expect((await paul.get(file + path)).status, path).toBe(403)
  for (const what of ['marks', 'notes', 'review/draft'])
    expect((await paul.post(`${file}/${what}`, { words: 'Vu' })).status, what).toBe(403)
  const page = await (await paul.get(`${file}/review`)).text()
  expect(page).toContain('déport')
  for (const secret of ['Secret du chef', 'Secret entre nous', 'Distribution du samedi'])
    expect(page).not.toContain(secret)
})

test('no list, export or archive says of the file more than the association’s name', async () => {
  const year = `/valmont/${campaign.year}`
  for (const browser of [claire, paul])
    for (const path of ['/review', '/review?q=musique', '/review/files.csv']) {
      const body = await (await browser.get(year + path)).text()
      expect(body).not.toContain(band)
      // Asked by this file alone.
      expect(body.replace(/\s/g, ' ')).not.toContain('12 000')
    }
  const archive = await (await claire.get(`${year}/review/pieces.zip`)).text()
  expect(archive).not.toContain('Harmonie')
  expect(await (await claire.get(`${year}/applications`)).text()).not.toContain(band)
})

test('the split prepared for the council: its line is shown to no recused reader, nor decided by one', async () => {
  const allocation = `/valmont/${campaign.year}/allocation/${scenario}`
  for (const browser of [claire, paul]) {
    const page = await browser.get(allocation)
    expect(page.status).toBe(200)
    expect(await page.text()).not.toContain('Harmonie municipale')
  }
  const csv = await (await claire.get(`${allocation}/lines.csv`)).text()
  expect(csv).toContain('Banque alimentaire')
  expect(csv).not.toContain('Harmonie municipale')
  // Sealed whole: it cannot be shown in part.
  for (const part of ['problem.json', 'result.json', `lines/${band}`])
    expect((await claire.get(`${allocation}/${part}`)).status, part).toBe(403)
  for (const deed of ['cost', 'override', 'release'])
    expect((await claire.post(`${allocation}/lines/${band}/${deed}`)).status, deed).toBe(403)
  const other = await idOfFile('foodBank')
  expect((await claire.get(`${allocation}/lines/${other}`)).status).toBe(200)
})

test('before the council, the list of lines leaves theirs out, and says so', async () => {
  const nadia = await valmont.browser('nadia')
  const decisions = `/valmont/${campaign.year}/decisions`
  expect(await (await nadia.get(decisions)).text()).toContain('Harmonie municipale')
  const own = await (await paul.get(decisions)).text()
  expect(own).not.toContain('Harmonie municipale')
  expect(own).toContain('Banque alimentaire')
})

test('the other files stay open to them', async () => {
  const other = await idOfFile('foodBank')
  for (const browser of [claire, paul])
    expect((await browser.get(`/valmont/applications/${other}/review`)).status).toBe(200)
})
