import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { proposed } from '../../tests/council.ts'
import { codesOf } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import type { Result } from './engine/index.ts'
import { proposeScenario, scenarioOf, scenariosOf } from './index.ts'
import { insertScenario } from './store.ts'

let valmont: World
let campaign: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = await proposed(valmont)
})
afterAll(() => valmont.house.close())

/** The sealed scenario kept again, with its result rewritten. */
function forged(rewrite: (result: Result) => Result) {
  return valmont.as('claire', async (place) => {
    const [head] = await scenariosOf(place.tx, campaign)
    const scenario = await scenarioOf(place.tx, campaign, head?.id ?? '')
    if (!scenario || !place.actor) throw new Error('nothing to forge')
    const { name, assumptions, problem, result, problemSha256, resultSha256, computedAt } = scenario
    return insertScenario(place.tx, {
      territoryId: place.territory.id,
      campaignId: campaign.id,
      variantOf: null,
      name,
      assumptions,
      problem,
      result: rewrite(result),
      problemSha256,
      resultSha256,
      computedBy: place.actor.personId,
      computedAt,
    })
  })
}

const open = (id: string) => valmont.as('claire', ({ tx }) => scenarioOf(tx, campaign, id))

test('a scenario kept as computed is exact', async () => {
  expect((await open(await forged((result) => result)))?.isSound).toBe(true)
})

test('a scenario in which one line was given ten euros more is not exact, and cannot be proposed', async () => {
  const id = await forged((result) => ({
    ...result,
    lines: result.lines.map((line, rank) =>
      rank === 0 ? { ...line, cashCents: line.cashCents + 1_000 } : line,
    ),
  }))
  expect((await open(id))?.isSound).toBe(false)
  const outcome = await valmont.as('claire', (place) => proposeScenario(place, campaign, id))
  expect(codesOf(outcome)).toContain('scenarios:refused.broken')
})
