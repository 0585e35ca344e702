import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '#kit'
import { inTerritory, lawOn } from '#platform'
import type { PersonKey } from '../../tests/cast.ts'
import { accounts, missionOf, published, running, type Season } from '../../tests/missions.ts'
import { type Mission, remindIncidents } from './index.ts'
import { afterOpenHours, type Incident, reminderDue, timersOf } from './rules/index.ts'

const law = lawOn(day('2027-05-10'))

describe('the delays of the law', () => {
  test.each([
    ['a Tuesday', '2027-05-11T08:00:00Z', '2027-05-13T08:00:00Z'],
    ['a Friday: Saturday counts, Sunday does not', '2027-05-21T14:00:00Z', '2027-05-24T14:00:00Z'],
    [
      'the day before 8 May, a Saturday, then a Sunday',
      '2027-05-07T08:00:00Z',
      '2027-05-11T08:00:00Z',
    ],
    ['a Sunday: it begins on Monday', '2027-05-23T10:00:00Z', '2027-05-25T22:00:00Z'],
  ])(
    '48 h from %s, Sundays and public holidays not counted (CSS art. R.441-3)',
    (_, since, due) => {
      expect(afterOpenHours(new Date(since), 48, 'mainland')).toEqual(new Date(due))
    },
  )

  test('8 May is a holiday everywhere, Good Friday in Alsace-Moselle alone', () => {
    const since = new Date('2027-03-25T12:00:00Z')
    expect(afterOpenHours(since, 48, 'mainland')).toEqual(new Date('2027-03-27T12:00:00Z'))
    // Friday 26, Sunday 28, Monday 29 and the change of hour: 48 real hours that count.
    expect(afterOpenHours(since, 48, 'alsaceMoselle')).toEqual(new Date('2027-03-30T11:00:00Z'))
  })

  const accident: Incident = {
    territoryId: '',
    id: '',
    missionId: '',
    kind: 'accident',
    happenedAt: new Date('2027-05-10T08:00:00Z'),
    side: 'association',
    byName: 'Amina',
    reportedAt: new Date('2027-05-10T09:00:00Z'),
    steps: [],
  }

  test('the employer is told within 24 h of the accident, and declares within 48 h of knowing', () => {
    const [told, declared] = timersOf(accident, law, 'mainland')
    expect(told).toMatchObject({ dueAt: new Date('2027-05-11T08:00:00Z'), doneAt: undefined })
    expect(declared?.dueAt).toEqual(new Date('2027-05-12T09:00:00Z'))
    const doneAt = new Date('2027-05-11T07:00:00Z')
    const step = { step: 'employer_told' as const, doneAt, byName: 'Amina' }
    const [known, then] = timersOf({ ...accident, steps: [step] }, law, 'mainland')
    expect(known?.doneAt).toEqual(doneAt)
    expect(then?.dueAt).toEqual(new Date('2027-05-13T07:00:00Z'))
  })

  test('a company that reports an accident knows of it; damage has no delay of the law', () => {
    expect(timersOf({ ...accident, side: 'company' }, law, 'mainland')[0]?.doneAt).toEqual(
      accident.reportedAt,
    )
    expect(timersOf({ ...accident, kind: 'damage' }, law, 'mainland')).toEqual([])
  })

  test('one reminder six hours before, one once it is over, none when it is done', () => {
    const dueAt = new Date('2027-05-11T08:00:00Z')
    const timer = { step: 'declared' as const, dueAt, doneAt: undefined }
    expect(reminderDue(timer, new Date('2027-05-11T01:59:00Z'))).toBeUndefined()
    expect(reminderDue(timer, new Date('2027-05-11T02:00:00Z'))).toEqual({ isLate: false })
    expect(reminderDue(timer, new Date('2027-05-11T08:01:00Z'))).toEqual({ isLate: true })
    expect(reminderDue({ ...timer, doneAt: dueAt }, new Date('2027-05-12T08:00:00Z'))).toBe(
      undefined,
    )
  })
})

describe('an accident on a mission', () => {
  let season: Season
  let mission: Mission
  let home: string
  beforeAll(async () => {
    season = await published()
    mission = await missionOf(season, 'foodBank')
    home = `/valmont/missions/${mission.id}`
    await running(season, mission.id, accounts)
  })
  afterAll(() => season.world.house.close())

  const read = async (person: PersonKey, path = home) => {
    const answer = await (await season.world.browser(person)).get(path)
    return { status: answer.status, page: await answer.text() }
  }
  const send = async (person: PersonKey, path: string, form: Record<string, string>) => {
    const answer = await (await season.world.browser(person)).post(path, form)
    return { status: answer.status, page: await answer.text(), to: answer.headers.get('location') }
  }
  const mailsTo = async (person: PersonKey) => {
    const email = season.world.cast.people[person].email
    const all = await season.world.house.db.selectFrom('outbox').selectAll().execute()
    return all.filter(({ recipient }) => recipient === email)
  }
  const remind = (at: string) => remindIncidents(season.world.house, new Date(at))

  const fall = {
    kind: 'accident',
    day: '2027-05-10',
    time: '09:15',
    words: 'Un carton est tombé dans la réserve.',
  }
  let address = ''

  test('the association says it in a minute; what is unclear comes back with every word kept', async () => {
    const bad = await send('amina', `${home}/incidents`, { ...fall, time: '', words: '' })
    expect(bad.status).toBe(422)
    expect(bad.page).toContain('Écrivez un jour et une heure')
    expect(bad.page).toContain('Dites les faits en une phrase.')
    const tomorrow = await send('amina', `${home}/incidents`, { ...fall, day: '2027-05-11' })
    expect(tomorrow.page).toContain('Ce moment n’est pas encore passé.')
    expect(tomorrow.page).toContain(fall.words)
    const once = '019a0000-0000-7000-8000-00000000abcd'
    const said = await send('amina', `${home}/incidents`, { ...fall, once })
    const twice = await send('amina', `${home}/incidents`, { ...fall, once })
    expect(said.status).toBe(303)
    expect(twice.to).toBe(said.to)
    address = said.to ?? ''
  })

  test('the three read it; the mails do not say what happened, and name the hour of the law', async () => {
    for (const person of ['amina', 'hugo', 'ines'] as const)
      expect((await read(person, address)).page).toContain(fall.words)
    const letter = (await mailsTo('hugo')).at(-1)
    expect(letter?.subject).toContain('Un accident a été signalé')
    expect(letter?.body).toMatch(/CPAM avant le 12 mai 2027 à 10:00/)
    expect(letter?.body).not.toContain('carton')
    expect((await mailsTo('ines')).at(-1)?.body).toMatch(/prévenu avant le 11 mai 2027 à 09:15/)
  })

  test('the commune sees that an incident exists, not which; others and the public see nothing', async () => {
    const { page } = await read('claire')
    expect(page).toContain('Un incident a été signalé le')
    expect(page).not.toContain('carton')
    expect(page).not.toContain('Accident, trajet')
    for (const person of ['claire', 'luc', 'jeanne', 'tom'] as const)
      expect((await read(person, address)).status).not.toBe(200)
    const entries = await season.world.house.db
      .selectFrom('journal')
      .select(['action', 'details'])
      .where('action', 'like', 'incident.%')
      .execute()
    expect(entries.map(({ action }) => action)).toEqual(['incident.reported'])
    expect(JSON.stringify(entries)).not.toMatch(/accident|carton/)
  })

  test('the database keeps the words from whoever acts for neither organisation', async () => {
    const { house, cast } = season.world
    const wordsFor = (organisationIds: string[]) =>
      inTerritory(house.db, { territoryId: cast.territory.id, organisationIds }, (tx) =>
        tx.selectFrom('incidentWords').select(['step', 'words']).execute(),
      )
    const { foodBank, accountants, band } = cast.organisations
    for (const others of [[], [cast.territory.organisationId], [band]])
      expect(await wordsFor(others)).toEqual([])
    for (const party of [foodBank, accountants])
      expect(await wordsFor([party])).toEqual([{ step: 'report', words: fall.words }])
    const exists = await inTerritory(house.db, { territoryId: cast.territory.id }, (tx) =>
      tx.selectFrom('incidents').selectAll().execute(),
    )
    expect(exists).toHaveLength(1)
    expect(JSON.stringify(exists)).not.toContain('carton')
  })

  test('whoever must act is reminded before the hour and after it, never a third time', async () => {
    expect(await remind('2027-05-10T12:00:00Z')).toBe(0)
    expect(await remind('2027-05-11T05:00:00Z')).toBe(1)
    expect(await remind('2027-05-11T06:00:00Z')).toBe(0)
    expect((await mailsTo('amina')).at(-1)?.subject).toContain('une démarche attend')
    season.goTo('2027-05-11T06:30:00Z')
    const told = { step: 'employer_told', 'day-employer_told': '2027-05-11' }
    const unclear = await send('amina', `${address}/steps`, told)
    expect(unclear.status).toBe(422)
    expect(unclear.page).toContain('id="day-employer_told-reason"')
    const done = { ...told, 'time-employer_told': '08:00' }
    expect((await send('amina', `${address}/steps`, done)).status).toBe(303)
    // The employer has 48 h from there; nobody but the employer says that it is declared.
    expect((await read('hugo', address)).page).toContain('13 mai 2027 à 08:00')
    const declared = { step: 'declared', 'day-declared': '2027-05-11', 'time-declared': '08:20' }
    expect((await send('ines', `${address}/steps`, declared)).status).toBe(422)
    expect((await read('hugo', '/valmont/home')).page).toContain('attend votre déclaration')
    expect(await remind('2027-05-13T04:00:00Z')).toBe(1)
    expect(await remind('2027-05-13T08:00:00Z')).toBe(1)
    expect((await mailsTo('hugo')).at(-1)?.body).toContain('Déclarez-le tout de suite')
  })

  test('it is closed once it is declared, or by the employer who says why', async () => {
    season.goTo('2027-05-13T09:00:00Z')
    expect((await send('amina', `${address}/steps`, { step: 'closed' })).page).toContain(
      'Cet accident n’est pas déclaré.',
    )
    const declared = { step: 'declared', 'day-declared': '2027-05-13', 'time-declared': '10:30' }
    expect((await send('hugo', `${address}/steps`, declared)).status).toBe(303)
    const closed = { step: 'closed', stepWords: 'La réserve est rangée.' }
    expect((await send('amina', `${address}/steps`, closed)).status).toBe(303)
    expect((await send('amina', `${address}/steps`, closed)).status).toBe(422)
    for (const person of ['amina', 'hugo', 'ines'] as const) {
      const { page } = await read(person, address)
      expect(page).toContain(fall.words)
      expect(page).toContain('La réserve est rangée.')
    }
    expect((await read('claire')).page).toContain('Il est clos')
    expect(await remind('2027-06-13T08:00:00Z')).toBe(0)
  })

  test('a person who cannot come: the association is shown where the waiting list is', async () => {
    const absence = { ...fall, kind: 'absence', day: '2027-05-13', words: 'Personne ce matin.' }
    const { to } = await send('amina', `${home}/incidents`, absence)
    expect((await read('amina', to ?? '')).page).toContain('Voir la mission')
    expect((await read('hugo', to ?? '')).page).not.toContain('Remplacer la personne')
  })
})
