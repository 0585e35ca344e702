import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonKey } from '../../tests/cast.ts'
import { accounts, missionOf, published, running, type Season } from '../../tests/missions.ts'
import { askReviews, type Mission } from './index.ts'
import { totalsOf } from './rules/index.ts'

let season: Season
let mission: Mission
let page: string
beforeAll(async () => {
  season = await published()
  mission = await missionOf(season, 'foodBank')
  page = `/valmont/missions/${mission.id}/review`
  await running(season, mission.id, accounts)
})
afterAll(() => season.world.house.close())

const read = async (person: PersonKey, path = page) => {
  const answer = await (await season.world.browser(person)).get(path)
  return { status: answer.status, text: await answer.text() }
}
const send = async (person: PersonKey, form: Record<string, string>) => {
  const answer = await (await season.world.browser(person)).post(page, form)
  return { status: answer.status, text: await answer.text() }
}
const asked = async (person: PersonKey) => {
  const email = season.world.cast.people[person].email
  const all = await season.world.house.db.selectFrom('outbox').selectAll().execute()
  return all.filter((m) => m.recipient === email && m.subject.includes('trois questions')).length
}

describe('the end of a mission', () => {
  test('nobody is asked while it runs', async () => {
    expect(await askReviews(season.world.house, new Date('2027-05-10T08:00:00Z'))).toBe(0)
    expect((await read('ines')).text).toContain('viendront à la fin de la mission')
    expect((await send('ines', { goal: 'yes', wouldAgain: 'yes' })).status).toBe(422)
  })

  test('once it is over both are asked, once; the employer is not', async () => {
    season.goTo('2027-11-02T08:00:00Z')
    for (const at of ['2027-11-02T08:00:00Z', '2027-11-03T08:00:00Z'])
      await askReviews(season.world.house, new Date(at))
    expect([await asked('ines'), await asked('amina'), await asked('hugo')]).toEqual([1, 1, 0])
    expect((await read('ines', `/valmont/missions/${mission.id}`)).text).toContain(
      'Trois questions',
    )
  })

  test('three answers, and what is left out is asked beside its question', async () => {
    const bad = await send('ines', { words: 'Accueil chaleureux' })
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('Dites si le but est atteint.')
    expect(bad.text).toContain('value="Accueil chaleureux"')
    const good = { goal: 'partly', wouldAgain: 'no', words: 'Il manquait un ordinateur' }
    expect((await send('ines', good)).status).toBe(303)
    expect((await send('ines', good)).status).toBe(422)
  })

  test('each reads the other once both have spoken, and nobody else reads any of it', async () => {
    expect((await read('amina')).text).not.toContain('ordinateur')
    const words = 'Un grand merci'
    expect((await send('amina', { goal: 'yes', wouldAgain: 'yes', words })).status).toBe(303)
    expect((await read('amina')).text).toContain('Il manquait un ordinateur')
    expect((await read('ines')).text).toContain('Un grand merci')
    for (const person of ['hugo', 'claire', 'tom', 'luc'] as const) {
      expect((await read(person)).status, person).not.toBe(200)
      const own = await read(person, `/valmont/missions/${mission.id}`)
      expect(own.text, person).not.toMatch(/ordinateur|Un grand merci|Bilan de la mission/)
    }
  })

  test('the commune reads no figure before five answers of one side', async () => {
    const { text } = await read('claire', '/valmont/2027/report')
    expect(text).toContain('Moins de 5')
    expect(text).not.toContain('ordinateur')
    const one = { side: 'employee' as const, goal: 'yes' as const, wouldAgain: true }
    const five = [one, one, one, one, { ...one, goal: 'no' as const, wouldAgain: false }]
    expect(totalsOf(five.slice(1))[0]?.shown).toBeUndefined()
    expect(totalsOf(five)).toEqual([
      { side: 'employee', count: 5, shown: { goals: { yes: 4, partly: 0, no: 1 }, again: 4 } },
      { side: 'association', count: 0, shown: undefined },
    ])
  })
})
