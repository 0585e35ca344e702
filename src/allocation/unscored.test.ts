import { afterAll, beforeAll, expect, test } from 'vitest'
import { applicationOfAssociation } from '#applications'
import { type Campaign, criteriaOf } from '#campaigns'
import { addMembership } from '#people'
import { giveMarks } from '#review'
import { computed } from '../../tests/council.ts'
import { enter } from '../../tests/files.ts'
import { done } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'

let valmont: World
let campaign: Campaign
let path: string
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  const made = await computed(valmont)
  campaign = made.campaign
  path = `/valmont/2027/allocation/${made.scenarioId}`
  // The town hall's second agent, who has marked nothing.
  await addMembership(valmont.house.db, {
    personId: valmont.cast.people.odile.id,
    organisationId: valmont.cast.organisations.valmont,
    role: 'municipality.agent',
  })
})
afterAll(() => valmont.house.close())

const weighed = /\(note \d+\)/
const later = 'qui paraîtra quand vous aurez noté ce dossier'
async function read(person: 'claire' | 'odile' | 'nadia', end = '') {
  const answer = await (await valmont.browser(person)).get(path + end)
  return { status: answer.status, text: await answer.text() }
}

test('while marks are given, the reasons of a split tell no score to whoever has not marked (HYP-4478)', async () => {
  expect((await read('claire')).text).toMatch(weighed)
  for (const person of ['odile', 'nadia'] as const) {
    const { text } = await read(person)
    expect(text).not.toMatch(weighed)
    expect(text).toContain(later)
    expect(text).not.toContain('<metis-trial')
  }
})

test('nor does the spreadsheet, nor the file of the problem', async () => {
  const [head = '', ...rows] = (await read('odile', '/lines.csv')).text.trim().split('\r\n')
  const rank = head.split(';').indexOf('reference_euros')
  expect(rows.map((row) => row.split(';')[rank])).toEqual(rows.map(() => ''))
  expect(rows.join()).not.toMatch(weighed)
  const problem = await read('odile', '/problem.json')
  expect(problem.status).toBe(422)
  expect(problem.text).toContain('notez d&#39;abord tous les dossiers')
  expect(problem.text).not.toMatch(/"score"/)
  expect((await read('claire', '/problem.json')).status).toBe(200)
})

test('once marked, the score of that file is read, and of no other; once marks close, of all', async () => {
  await valmont.as('nadia', async (place) => {
    const { band } = valmont.cast.organisations
    const file = await applicationOfAssociation(place.tx, campaign, band)
    const given = (await criteriaOf(place.tx, campaign)).map(({ id }) => [id, 2])
    const marks = Object.fromEntries(given)
    done(await giveMarks(place, file?.id ?? '', { marks, comment: '' }))
  })
  const { text } = await read('nadia')
  expect(text.split(later)).toHaveLength(3)
  await enter(valmont, campaign.id, 'deliberating')
  expect((await read('nadia')).text).not.toContain(later)
})
