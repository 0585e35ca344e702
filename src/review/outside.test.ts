import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { sha256 } from '#platform'
import { enter, handedOver, openApplications } from '../../tests/files.ts'
import { type Browser, type World, world } from '../../tests/world.ts'

// Opinions asked outside the town hall: by link, until a day, with what the agent chose to show.

let now = new Date('2027-01-11T09:00:00Z')
let valmont: World
let season: Campaign
let foodBank: string
let claire: Browser
let stranger: Browser
beforeAll(async () => {
  valmont = await world(() => now)
  season = await openApplications(valmont)
  foodBank = await handedOver(valmont, 'amina', season)
  season = await enter(valmont, season.id, 'reviewing')
  claire = await valmont.browser('claire')
  stranger = await valmont.browser()
})
afterAll(() => valmont.house.close())

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const asking = () => `/valmont/applications/${foodBank}/outside-opinions`
const review = () => `/valmont/applications/${foodBank}/review`

async function read(path: string, browser: Browser = stranger, status = 200): Promise<string> {
  const answer = await browser.get(path)
  expect(answer.status).toBe(status)
  return plain(await answer.text())
}

const request = {
  recipient: 'jeunesse@departement.example',
  recipientName: 'Odile Renard',
  capacity: 'Département, service de l’action sociale',
  question: 'Cette distribution double-t-elle la vôtre ?',
  answerBy: '2027-01-29',
  showsProject: 'yes',
}

/** Asks, and reads the link in the mail. */
async function asked(changed: Record<string, string> = {}): Promise<string> {
  const form = { ...request, ...changed }
  expect((await claire.post(asking(), form)).status).toBe(303)
  const mail = await valmont.house.db
    .selectFrom('outbox')
    .select('body')
    .where('recipient', '=', form.recipient)
    .orderBy('writtenAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return new URL(/https?:\S+\/opinions\/\S+/.exec(mail.body)?.[0] ?? '').pathname
}

let link: string

test('what is missing in a request is said all at once, and nothing typed is lost (HYP-4478)', async () => {
  const answer = await claire.post(asking(), { question: 'Faut-il ?', answerBy: '2027-01-11' })
  expect(answer.status).toBe(422)
  const page = plain(await answer.text())
  for (const reason of ['adresse de courriel', 'à qui', 'à quel titre', 'au moins un jour'])
    expect(page).toContain(reason)
  expect(page).toContain('Faut-il ?')
})

test('the link opens without an account, on what the agent chose and nothing else', async () => {
  link = await asked()
  const page = await read(link)
  expect(page).toContain(request.question)
  expect(page).toContain('Distribution du samedi')
  expect(page).toContain('Soixante foyers')
  for (const hidden of ['1 500', '10 h', 'Amina', '/pieces/', 'Un budget suivi', 'Note'])
    expect(page).not.toContain(hidden)
  const all = await asked({
    recipient: 'sports@office.example',
    showsProject: '',
    showsNeeds: 'yes',
    showsAmounts: 'yes',
  })
  const other = await read(all)
  for (const shown of ['1 500', '10 h', 'Un budget suivi']) expect(other).toContain(shown)
  expect(other).not.toContain('Soixante foyers')
})

test('the database keeps no secret that opens a link', async () => {
  const secret = link.split('/').at(-1) ?? ''
  const rows = await valmont.as('claire', ({ tx }) =>
    tx.selectFrom('outsideRequests').selectAll().execute(),
  )
  expect(JSON.stringify(rows)).not.toContain(secret)
  expect(rows.map(({ secretSha256 }) => secretSha256)).toContain(sha256(secret))
  const journal = await valmont.as('claire', ({ tx }) =>
    tx.selectFrom('journal').select('details').execute(),
  )
  expect(JSON.stringify(journal)).not.toContain(secret)
})

test('an opinion is given with its reason, changed until its day, and read on the file', async () => {
  const empty = await stranger.post(`${link}/answers`, { words: 'Sans avis choisi' })
  expect(empty.status).toBe(422)
  expect(await empty.text()).toContain('Sans avis choisi')
  const first = { verdict: 'favourable', words: 'Le samedi n’est couvert par personne.' }
  for (let time = 0; time < 2; time++)
    expect((await stranger.post(`${link}/answers`, first)).status).toBe(303)
  expect(await read(link)).toContain('Votre avis est enregistré')
  const changed = { verdict: 'reserved', words: 'À condition de le dire à nos équipes.' }
  expect((await stranger.post(`${link}/answers`, changed)).status).toBe(303)
  const paul = await valmont.browser('paul')
  const page = await read(review(), paul)
  expect(page).toContain('Odile Renard')
  expect(page).toContain('Réservé')
  expect(page).toContain(changed.words)
  expect(page).toContain('(changé 1 fois)')
  const mails = await valmont.house.db
    .selectFrom('outbox')
    .select('subject')
    .where('recipient', '=', valmont.cast.people.claire.email)
    .where('subject', 'like', '%avis extérieur%')
    .execute()
  expect(mails).toHaveLength(2)
})

test('the association and the public read no outside opinion', async () => {
  const amina = await valmont.browser('amina')
  for (const path of ['', '/progress'])
    expect(await read(`/valmont/applications/${foodBank}${path}`, amina)).not.toContain('Odile')
  expect((await amina.get(asking())).status).toBe(403)
  const paul = await valmont.browser('paul')
  expect((await paul.get(asking())).status).toBe(403)
})

test('whoever says they have an interest is set aside, and none of their words are shown', async () => {
  const tied = await asked({ recipient: 'quartier@conseil.example', recipientName: 'Yves Colin' })
  const words = { verdict: 'favourable', words: 'Les meilleurs du monde' }
  expect((await stranger.post(`${tied}/answers`, words)).status).toBe(303)
  expect(await read(review(), claire)).toContain(words.words)
  const form = { hasInterest: 'yes', ...words }
  expect((await stranger.post(`${tied}/answers`, form)).status).toBe(303)
  expect(await read(tied, stranger, 410)).toContain('Ce lien est fermé')
  expect((await stranger.post(`${tied}/answers`, words)).status).toBe(410)
  const page = await read(review(), claire)
  expect(page).toContain('Écarté : lien déclaré')
  expect(page).not.toContain(words.words)
})

test('nobody tied to the association is asked, nor reads through a link that was passed on', async () => {
  const own = { ...request, recipient: valmont.cast.people.amina.email }
  expect((await claire.post(asking(), own)).status).toBe(422)
  const nadia = await valmont.browser('nadia')
  const toNadia = await asked({ recipient: valmont.cast.people.nadia.email.toUpperCase() })
  expect(await read(link, nadia)).toContain('Distribution du samedi')
  const form = { associationId: valmont.cast.organisations.foodBank, nature: 'Bénévole' }
  expect((await nadia.post('/valmont/interests', form)).status).toBe(303)
  for (const path of [link, toNadia]) expect((await nadia.get(path)).status).toBe(410)
  expect((await stranger.get(toNadia)).status).toBe(410)
  const again = { ...request, recipient: valmont.cast.people.nadia.email }
  const refused = await claire.post(asking(), again)
  expect(refused.status).toBe(422)
  expect(plain(await refused.text())).toContain('ne peut pas être demandé')
})

test('a link withdrawn, too old, or never ours answers the same page', async () => {
  const drawn = await asked({ recipient: 'mjc@valmont.example' })
  const action = [...(await read(asking(), claire)).matchAll(/action="([^"]+\/withdrawal)"/g)].at(
    -1,
  )
  expect((await claire.post(action?.[1] ?? '')).status).toBe(303)
  const pages = [await read(drawn, stranger, 410)]
  pages.push(await read('/valmont/opinions/never-ours-at-all', stranger, 410))
  now = new Date('2027-01-29T21:00:00Z')
  expect(await read(link)).toContain(request.question)
  now = new Date('2027-01-30T09:00:00Z')
  pages.push(await read(link, stranger, 410))
  const late = await stranger.post(`${link}/answers`, { verdict: 'favourable', words: 'Trop tard' })
  expect(late.status).toBe(410)
  const bodies = pages.map((page) => /<main.*<\/main>/s.exec(page)?.[0])
  expect(new Set(bodies).size).toBe(1)
  expect(await read(review(), claire)).toContain('Demande retirée')
})

test('asking is kept from losing what was typed on the file on the way', async () => {
  const typed = { goTo: 'outside-opinions', words: 'Note à finir' }
  const answer = await claire.post(`${review()}/draft`, typed)
  expect(answer.headers.get('location')).toBe(asking())
  expect(await read(review(), claire)).toContain('Note à finir')
})

test('whoever tries many answers from one place is slowed down, as at any other door', async () => {
  const from = { incoming: { socket: { remoteAddress: '203.0.113.9' } } }
  const post = () =>
    valmont.house.app.request(
      'http://localhost:3000/valmont/opinions/never-ours/answers',
      { method: 'POST', headers: { origin: 'http://localhost:3000' }, body: new FormData() },
      from,
    )
  for (let time = 0; time < 60; time++) expect((await post()).status).toBe(410)
  expect((await post()).status).toBe(429)
})
