import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { House } from '#web'
import { settle } from '../cast.ts'
import { handedOver, openApplications, prepared } from '../files.ts'
import { actAs, type Players } from '../world.ts'
import {
  accessibilityFaults,
  chromiumPath,
  openSite,
  type Site,
  sticksOut,
  whyNoWalk,
} from './chromium.ts'

describe('a file, from its first word to its review, in a browser', () => {
  let site: Site
  let draft: string
  let deposited: string
  async function play(house: House): Promise<void> {
    const cast = await settle(house.db)
    const world: Players = { cast, as: (person, work) => actAs(house, cast, person, work) }
    const season = await openApplications(world)
    draft = await prepared(world, 'rose', season)
    deposited = await handedOver(world, 'amina', season)
  }
  beforeAll(async () => {
    if (chromiumPath) site = await openSite({ play })
  })
  afterAll(() => site?.close())

  const walks = [
    ['rose', () => `/applications/${draft}`],
    ['rose', () => `/applications/${draft}/project`],
    ['rose', () => `/applications/${draft}/money`],
    ['rose', () => `/applications/${draft}/needs`],
    ['rose', () => `/applications/${draft}/pieces`],
    ['rose', () => `/applications/${draft}/commitment`],
    ['amina', () => `/applications/${deposited}`],
    ['amina', () => `/applications/${deposited}/progress`],
    ['claire', () => '/2027/applications'],
    ['claire', () => '/2027/review'],
    ['claire', () => `/applications/${deposited}/review`],
    ['paul', () => '/interests'],
  ] as const

  for (const width of [360, 1280])
    test(`every page is accessible and fits ${width} pixels`, async ({ skip }) => {
      if (!chromiumPath) return skip(whyNoWalk)
      for (const person of ['rose', 'amina', 'claire', 'paul'] as const) {
        const page = await site.open(person, { width })
        for (const [, path] of walks.filter(([who]) => who === person)) {
          await page.goto(`${site.url}/valmont${path()}`)
          const faults = await accessibilityFaults(page)
          expect({ path: path(), faults, sticksOut: await sticksOut(page) }).toEqual({
            path: path(),
            faults: [],
            sticksOut: false,
          })
        }
      }
    })
})
