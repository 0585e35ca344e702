import { afterAll, beforeAll, expect, test } from 'vitest'
import { awardOf, notified } from './council.ts'
import { type World, world } from './world.ts'

let valmont: World
let path: string
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  const { campaign } = await notified(valmont)
  const { id, applicationId } = await awardOf(valmont, campaign, 'band')
  path = `/valmont/decisions/${id}/report`
  const answers = { project604: 1_200_50, project606: 300_00, projectIndirectFixed: 80_00 }
  const row = { version: 6, answers: JSON.stringify({ ...answers, project74Communes: 1_580_50 }) }
  const key = { territoryId: valmont.cast.territory.id, applicationId }
  const saved = { savedAt: new Date('2027-01-09'), savedBy: valmont.cast.people.luc.id }
  await valmont.house.db
    .insertInto('applicationAnswers')
    .values({ ...key, section: 'project-budget', ...row, ...saved })
    .execute()
})
afterAll(() => valmont.house.close())

const fieldIn = (page: string, name: string) =>
  / value="([^"]*)"/.exec(new RegExp(`<input[^>]*id="${name}"[^>]*>`).exec(page)?.[0] ?? '')?.[1]

test('the report begins with what the request planned: nothing is typed twice (SGG-5492)', async () => {
  const luc = await valmont.browser('luc')
  const page = await (await luc.get(path)).text()
  expect(fieldIn(page, 'planned-60')).toBe('1500,50')
  expect(fieldIn(page, 'planned-74')).toBe('1580,50')
  expect(fieldIn(page, 'done-60')).toBe('')
  expect(page).toContain('reprend le budget du projet')
  expect(page).toMatch(/charges indirectes prévues, 80.€/)
})

test('once saved, what the association wrote stands, even where it emptied a line', async () => {
  const luc = await valmont.browser('luc')
  expect((await luc.post(path, { 'planned-60': '1000' })).status).toBe(303)
  const page = await (await luc.get(path)).text()
  expect(fieldIn(page, 'planned-60')).toBe('1000')
  expect(fieldIn(page, 'planned-74')).toBe('')
  expect(page).not.toContain('reprend le budget du projet')
})
