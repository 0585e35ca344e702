import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kit'
import { addMembership, addPerson } from '#people'
import type { PersonKey } from '../../tests/cast.ts'
import { missionOf, published, running, type Season } from '../../tests/missions.ts'
import { done } from '../../tests/season.ts'
import { applyToMission, type Mission, remindAnswers } from './index.ts'

// What people of comparable platforms complain of most (USERS 4): left without an answer, not knowing
// where they stand, mails too many or too few, results that nobody explains.

let season: Season
let mission: Mission
let home: string
beforeAll(async () => {
  season = await published()
  mission = await missionOf(season, 'foodBank')
  home = `/valmont/missions/${mission.id}`
})
afterAll(() => season.world.house.close())

const list = '/valmont/2027/missions'

async function read(person: PersonKey | undefined, path = home) {
  const answer = await (await season.world.browser(person)).get(path)
  return { status: answer.status, page: await answer.text(), to: answer.headers.get('location') }
}

async function press(
  person: PersonKey | undefined,
  path: string,
  form: Record<string, string> = {},
) {
  return (await (await season.world.browser(person)).post(path, form)).status
}

async function mailsTo(email: string) {
  return season.world.house.db
    .selectFrom('outbox')
    .selectAll()
    .where('recipient', '=', email)
    .orderBy('id')
    .execute()
}
const mailOf = (person: PersonKey) => season.world.cast.people[person].email

/** A colleague of Inès, who offers help too. */
async function colleague(key: string, name: string): Promise<string> {
  const { house, cast } = season.world
  const email = `${key}@exemple.org`
  const personId = await addPerson(house.db, { name, email })
  const organisationId = cast.organisations.accountants
  await addMembership(house.db, { personId, organisationId, role: 'company.employee' })
  await house.db
    .insertInto('candidacies')
    .values({
      territoryId: cast.territory.id,
      missionId: mission.id,
      employeeId: personId,
      qualification: 'Contrôleuse de gestion',
      appliedAt: new Date('2027-01-11T09:00:00Z'),
    })
    .execute()
  return personId
}

const remind = (now: string) => remindAnswers(season.world.house, new Date(now))

test('one mail at publication, with what suits me and why; nothing of another company’s missions', async () => {
  const mails = await mailsTo(mailOf('ines'))
  expect(mails).toHaveLength(1)
  expect(mails[0]?.body).toContain(
    `— ${mission.title}, Banque alimentaire de Valmont (vous n’avez encore eu aucune mission`,
  )
  const sites = (await mailsTo(mailOf('tom'))).map(({ body }) => body).join()
  expect(sites).not.toContain('Banque alimentaire')
})

test('anyone sees the missions without an account, and no person', async () => {
  const { status, page } = await read(undefined, list)
  expect(status).toBe(200)
  expect(page).toContain(mission.title)
  expect(page).toContain('Banque alimentaire de Valmont')
  expect(page).toContain('sur place et à distance, Commune de Valmont')
  for (const name of ['Inès Caron', 'Amina Diallo', 'Hugo Aubry', 'rue des Halles'])
    expect(page).not.toContain(name)
})

test('« Je propose mon aide » leads through sign-in and back to a form of one step', async () => {
  const stranger = await read(undefined, `${home}/offer`)
  expect(stranger.to).toBe(`/sign-in?to=${encodeURIComponent(`${home}/offer`)}`)
  expect((await read('ines', `${home}/offer`)).to).toBe(`${home}#offer`)
  // Another company's employee is told so, rather than shown a closed door.
  const elsewhere = await read('tom', `${home}/offer`)
  expect(elsewhere.to).toBe(`${list}?elsewhere=yes`)
  expect((await read('tom', elsewhere.to ?? '')).page).toContain('une autre entreprise')
  // Whoever is nobody's employee is told who may, and is offered no button that leads back here.
  const reader = await read('yves', `${home}/offer`)
  const told = (await read('yves', reader.to ?? '')).page
  expect(told).toContain('réservé aux salariés')
  expect(told).not.toContain('/offer"')
})

test('what I said of myself comes back as typed when one field is wrong, and nothing is lost', async () => {
  const ines = await season.world.browser('ines')
  const answer = await ines.post('/valmont/missions/wishes', {
    occupation: 'M1203',
    spot: 'chez moi',
    reachKm: '15',
  })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('value="chez moi"')
  expect(page).toContain('value="15"')
})

test('my trade puts the mission on top, with the sentence why, and fills in the form', async () => {
  const wishes = { occupation: 'M1203', 'cause-sport': 'yes', spot: '49.4431, 1.0993' }
  expect(await press('ines', '/valmont/missions/wishes', wishes)).toBe(303)
  expect((await read('ines', list)).page).toContain('votre métier correspond')
  const { page } = await read('ines')
  expect(page).toContain('value="Comptable"')
  expect(page).toContain('Pourquoi cette mission est à cette place')
  // A kilometre is enough: nobody's door is kept.
  expect((await read('ines', '/valmont/missions/wishes')).page).toContain('value="49.44, 1.1"')
})

test('a mission that is not for me says which condition is missing', async () => {
  await press('ines', '/valmont/missions/wishes', { occupation: 'M1203', isRemoteOnly: 'yes' })
  const { page } = await read('ines', list)
  expect(page).toContain('Il faut venir sur place')
  await press('ines', '/valmont/missions/wishes', { occupation: 'M1203' })
})

test('my employer, the commune and the associations read nothing of what I said', async () => {
  for (const person of ['hugo', 'claire', 'amina'] as const) {
    expect((await read(person, '/valmont/missions/wishes')).status).toBe(403)
    for (const path of [list, home])
      expect((await read(person, path)).page).not.toContain('value="M1203" selected')
  }
  const { rows } = await season.world.as('claire', async ({ tx }) => ({
    rows: await tx
      .selectFrom('journal')
      .select('details')
      .where('action', '=', 'wishes.said')
      .execute(),
  }))
  expect(rows.length).toBeGreaterThan(0)
  for (const { details } of rows) expect(details).toEqual({})
})

test('the rules are published in words and as data, from the same figures', async () => {
  const { status, page } = await read(undefined, `${list}/matching`)
  expect(status).toBe(200)
  expect(page).toContain('L.8241-3')
  const english = await read(undefined, `${list}/matching?lang=en`)
  expect(english.page).toContain('How missions are proposed')
  const rules = JSON.parse((await read(undefined, `${list}/matching.json`)).page)
  expect(rules.weights.skill).toBe(40)
})

test('an association says more of its need, its public place included', async () => {
  const details = { occupation: 'M1203', cause: 'solidarite-insertion', place: 'Halle aux grains' }
  expect(await press('amina', `${home}/details`, { ...details, postCode: '7699' })).toBe(422)
  expect(await press('amina', `${home}/details`, { ...details, postCode: '76999' })).toBe(303)
  expect((await read(undefined, list)).page).toContain('Halle aux grains')
  expect((await read('ines', list)).page).toContain('c’est votre métier')
  expect(await press('luc', `${home}/details`, details)).toBe(404)
})

test('several people may wait; the association sees their trade and their wait, and orders them', async () => {
  season.goTo('2027-01-12T09:00:00Z')
  const qualification = 'Comptable'
  done(
    await season.world.as('ines', (place) => applyToMission(place, mission.id, { qualification })),
  )
  const lea = await colleague('lea', 'Léa Roux')
  const max = await colleague('max', 'Max Weiss')
  const { page } = await read('amina')
  expect(page).toContain('son métier correspond')
  // The best match first, then the others; the association's own order after that.
  expect(page.indexOf('Inès Caron')).toBeLessThan(page.indexOf('<b>Léa Roux</b>'))
  const order = { [`place-${max}`]: '1', [`place-${lea}`]: '2' }
  const ines = season.world.cast.people.ines.id
  expect(await press('amina', `${home}/order`, { ...order, [`place-${ines}`]: '3' })).toBe(303)
  const ordered = (await read('amina')).page
  expect(ordered.indexOf('<b>Max Weiss</b>')).toBeLessThan(ordered.indexOf('<b>Léa Roux</b>'))
  expect(ordered.indexOf('<b>Léa Roux</b>')).toBeLessThan(ordered.indexOf('<b>Inès Caron</b>'))
  expect(await press('amina', `${home}/declining`, { employee: lea })).toBe(303)
  expect((await read('amina')).page).not.toContain('<b>Léa Roux</b>')
  const [kind] = (await mailsTo('lea@exemple.org')).slice(-1)
  expect(kind?.body).toContain('Votre entreprise n’en est pas informée')
  expect((await read('hugo')).page).not.toContain('Léa Roux')
})

test('nobody waits in silence: reminded after 48 h, once more, and never a third time', async () => {
  const before = (await mailsTo(mailOf('amina'))).length
  const told = async () => (await mailsTo(mailOf('amina'))).length - before
  // Tuesday 12 January, 10:00 in Paris, is when the latest offered; the first on Monday.
  expect(await remind('2027-01-13T08:00:00Z')).toBe(0)
  expect(await remind('2027-01-13T10:00:00Z')).toBe(1)
  expect(await remind('2027-01-13T11:00:00Z')).toBe(0)
  expect(await told()).toBe(1)
  expect(await remind('2027-01-16T11:00:00Z')).toBe(0)
  expect(await remind('2027-01-18T11:00:00Z')).toBe(1)
  expect(await remind('2027-02-18T11:00:00Z')).toBe(0)
  expect(await told()).toBe(2)
  expect((await mailsTo(mailOf('amina'))).at(-1)?.body).toContain('attendent votre réponse')
  expect((await read('amina', list)).page).toContain('attend votre réponse depuis le')
  // The employer sees no clock that is not their own.
  expect((await read('hugo', list)).page).not.toContain('attend votre réponse')
})

async function linkTo(person: PersonKey): Promise<string> {
  const mail = (await mailsTo(mailOf(person))).findLast(({ body }) => body.includes('/absences/'))
  return /http:\/\/localhost:3000(\/valmont\/absences\/\S+)/.exec(mail?.body ?? '')?.[1] ?? ''
}

test('a line manager answers from the mail, without an account; « pas cette fois » is no fault', async () => {
  season.goTo('2027-01-18T09:00:00Z')
  const max = (await mailsTo('max@exemple.org')).length
  const { house } = season.world
  const { id } = await house.db
    .selectFrom('people')
    .select('id')
    .where('email', '=', 'max@exemple.org')
    .executeTakeFirstOrThrow()
  expect(await press('amina', `${home}/acceptance`, { employee: id })).toBe(303)
  // Inès offered too: she reads that she still waits, and may leave the list.
  expect((await read('ines')).page).toContain('Vous restez sur la liste d’attente')
  const link = await linkTo('hugo')
  const { page } = await read(undefined, link)
  expect(page).toContain('Max Weiss propose son aide')
  expect(await press(undefined, `${link}/answers/not-now`)).toBe(303)
  expect((await read(undefined, link)).page).toContain('plus rien n’est attendu')
  // Sent twice: nothing is done twice.
  expect(await press(undefined, `${link}/answers/not-now`)).toBe(422)
  const mails = await mailsTo('max@exemple.org')
  expect(mails.length).toBeGreaterThan(max)
  expect(mails.at(-1)?.body).toContain('Vous n’y êtes pour rien')
})

test('the next of the list is proposed at once, one button away, and nobody is named a fault', async () => {
  const mail = (await mailsTo(mailOf('amina'))).at(-1)
  expect(mail?.subject).toContain('peut prendre la suite')
  expect(mail?.body).toContain('personne n’est en faute')
  expect(mail?.body).not.toContain('Max Weiss')
  const { page } = await read('amina')
  expect(page).toContain('<b>Inès Caron</b>')
  expect(page).not.toContain('<b>Max Weiss</b>')
  expect((await read('hugo')).page).not.toContain('Max Weiss')
})

test('a manager who forgets is reminded with a link that works; the older one still does', async () => {
  const employee = season.world.cast.people.ines.id
  expect(await press('amina', `${home}/acceptance`, { employee })).toBe(303)
  const first = await linkTo('hugo')
  expect(await remind('2027-01-20T10:00:00Z')).toBe(1)
  const again = await linkTo('hugo')
  expect(again).not.toBe(first)
  expect(await press(undefined, `${again}/answers/granted`)).toBe(303)
  expect((await read(undefined, first)).page).toContain('L’absence est accordée')
  expect(await remind('2027-01-25T10:00:00Z')).toBe(0)
  const { approvedBy } = await season.world.house.db
    .selectFrom('candidacies')
    .select('approvedBy')
    .where('employeeId', '=', employee)
    .executeTakeFirstOrThrow()
  expect(approvedBy).toBe(season.world.cast.people.hugo.id)
})

test('a link never made, too old, or of somebody who no longer manages opens nothing', async () => {
  const link = await linkTo('hugo')
  expect((await read(undefined, '/valmont/absences/never-was')).status).toBe(410)
  season.goTo('2027-03-01T09:00:00Z')
  expect((await read(undefined, link)).status).toBe(410)
  expect(await press(undefined, `${link}/answers/granted`)).toBe(410)
})

test('my calendar opens by its secret alone, shows my mission, and closes when I say so', async () => {
  const kept = season
  const other = await published()
  try {
    season = other
    const bank = await missionOf(other, 'foodBank')
    const three = { employee: 'ines', company: 'hugo', association: 'amina' } as const
    await running(other, bank.id, three)
    const ines = await other.world.browser('ines')
    const page = await (await ines.post('/valmont/missions/calendar')).text()
    const [, address = ''] =
      /value="http:\/\/localhost:3000(\/valmont\/calendar\/[^"]+)"/.exec(page) ?? []
    expect((await read('ines', '/valmont/missions/calendar')).page).not.toContain(address)
    const feed = await (await other.world.browser()).get(address)
    expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    const component = new ICAL.Component(ICAL.parse(await feed.text()))
    const events = component.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
    expect(events.map(({ summary }) => summary)).toEqual([
      `Mission\u00a0: ${bank.title} — Banque alimentaire de Valmont`,
    ])
    expect(events[0]?.startDate.toString()).toBe('2027-04-01')
    const rows = await other.world.house.db.selectFrom('calendarFeeds').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(address.split('/').at(-1)?.replace('.ics', ''))
    expect(await press('ines', '/valmont/missions/calendar/closing')).toBe(303)
    expect((await read(undefined, address)).status).toBe(404)
  } finally {
    season = kept
    await other.world.house.close()
  }
})

test('the seat that the register gives stands in for a point that nobody typed, says whence it comes, and yields', async () => {
  const other = await published()
  const kept = season
  try {
    season = other
    const { house, cast } = other.world
    const bank = await missionOf(other, 'foodBank')
    const page = `/valmont/missions/${bank.id}`
    const key = { territoryId: cast.territory.id, applicationId: bank.applicationId }
    const heard = async (identifier: string, latitude: number, days: number) => {
      const id = newId()
      const at = new Date(Date.parse('2027-01-02T09:00:00Z') + days * 24 * 3600_000)
      await house.db
        .insertInto('registryChecks')
        .values({ ...key, id, identifier, askedAt: at })
        .execute()
      const answer = { source: 'companies', rank: 1, outcome: 'found', latitude, longitude: 1.1 }
      await house.db
        .insertInto('registryAnswers')
        .values({ territoryId: key.territoryId, checkId: id, ...answer, answeredAt: at })
        .execute()
    }
    await press('ines', '/valmont/missions/wishes', { spot: '49.44, 1.1' })
    expect((await read('ines', page)).page).not.toContain('km')
    await heard('W760000001', 49.53, 0)
    // A number that is not the association's own moves nobody.
    await heard('99999902200018', 48.85, 1)
    expect((await read('ines', page)).page).toContain('à 10 km')
    const told = 'depuis le siège de votre association\u00a0: 49.53, 1.1 (Annuaire des entreprises'
    expect((await read('amina', page)).page).toContain(told)
    await press('amina', `${page}/details`, { spot: '49.44, 1.1' })
    expect((await read('ines', page)).page).not.toContain('à 10 km')
  } finally {
    season = kept
    await other.world.house.close()
  }
})

test('everything that I said of myself goes when I erase it', async () => {
  expect(await press('ines', '/valmont/missions/wishes/erasure')).toBe(303)
  const rows = await season.world.house.db.selectFrom('employeeWishes').selectAll().execute()
  expect(rows).toEqual([])
})
