import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { minutes } from '#kit'
import type { PersonKey } from '../../tests/cast.ts'
import { openApplications, prepared, wholeDraft } from '../../tests/files.ts'
import { type World, world } from '../../tests/world.ts'
import { marksOf, missingOf } from './thermometer.ts'

let valmont: World
let season: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2026-12-20T10:00:00Z'))
  season = await openApplications(valmont)
})
afterAll(() => valmont.house.close())

const hours = (count: number) => minutes(count * 60)
const PAGE = '/valmont/2027/thermometer'
const JSON_PAGE = '/api/v1/valmont/seasons/2027/thermometer'

async function drafts(person: PersonKey): Promise<void> {
  const [need] = wholeDraft(season).needs ?? []
  if (need) await prepared(valmont, person, season, { needs: [{ ...need, family: 'LEGAL' }] })
}

async function legal() {
  const answer = await (await valmont.browser()).get(JSON_PAGE)
  const { skills } = await answer.json()
  return skills.find(({ family }: { family: string }) => family === 'LEGAL')
}

test('the bigger need of last year or of now is set against what is promised', () => {
  const needs = {
    lastYear: [{ family: 'LEGAL', askedMinutes: hours(30), associations: 1 }],
    soFar: [
      { family: 'LEGAL', askedMinutes: hours(50), associations: 3 },
      { family: 'DATA', askedMinutes: hours(90), associations: 2 },
    ],
  }
  const marks = marksOf(['LEGAL', 'DATA'], [], needs)
  expect(marks.map(({ missingMinutes }) => missingMinutes)).toEqual([hours(50), 0n])
  expect(missingOf(marks).map(({ family }) => family)).toEqual(['LEGAL'])
})

test('the drafts of two associations stay theirs; from three on, their hours are asked of companies', async () => {
  await drafts('amina')
  await drafts('luc')
  expect(await legal()).toMatchObject({ askedMinutes: null, missingMinutes: 0 })
  await drafts('eva')
  expect(await legal()).toMatchObject({ askedMinutes: 1800, missingMinutes: 1800 })
})

test('the page says in words what is missing, and names neither association nor company', async () => {
  const page = (await (await (await valmont.browser()).get(PAGE)).text()).replace(/\u00a0/g, ' ')
  expect(page).toContain('30 h que personne n')
  for (const name of ['Aubry', 'Lenoir', 'Banque alimentaire', 'Distribution du samedi'])
    expect(page).not.toContain(name)
})

test('another site may show the thermometer, and that page alone', async () => {
  const stranger = await valmont.browser()
  const framed = await stranger.get(`${PAGE}/embed`)
  const policy = framed.headers.get('content-security-policy')
  expect(policy).toContain('frame-ancestors *')
  expect(policy).toContain("form-action 'none'")
  expect(await framed.text()).not.toContain('<script')
  const whole = await stranger.get(PAGE)
  expect(whole.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})

test('a season in preparation shows nothing to programs', async () => {
  const stranger = await valmont.browser()
  expect((await stranger.get('/api/v1/valmont/seasons/2031/thermometer')).status).toBe(404)
})
