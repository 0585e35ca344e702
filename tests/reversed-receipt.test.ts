import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents } from '#kit'
import { type Mission, reverseApproval } from '#missions'
import { vaultOf } from '#platform'
import { cancelReceipt, declareValuation, issueReceipt } from '#receipts'
import { checkAll } from '../src/web/check-command.ts'
import { accounts, enter, missionOf, published, running, type Season, worked } from './missions.ts'
import { codesOf, done } from './season.ts'

let season: Season
let mission: Mission
let entryId: string
let receiptId: string
beforeAll(async () => {
  season = await published()
  mission = await missionOf(season, 'foodBank')
  await running(season, mission.id, accounts)
  entryId = await worked(season, mission.id, accounts, { day: '2027-05-04', hours: 3 })
  const cost = { hourlyCostCents: cents(38_50), legalForm: 'SARL' }
  done(await season.world.as('hugo', (place) => declareValuation(place, mission.id, cost)))
  const signing = { capacity: 'Présidente', category: 'freeAid' as const, categoryLabel: '' }
  const issued = await season.world.as('amina', (place) => issueReceipt(place, mission.id, signing))
  receiptId = done(issued).id
})
afterAll(() => season.world.house.close())

const reverse = () =>
  season.world.as('hugo', (place) =>
    reverseApproval(place, mission.id, { entryId, reason: 'Mauvais jour' }),
  )

test('hours on a tax receipt are not taken back before the receipt is cancelled', async () => {
  expect(codesOf(await reverse())).toEqual(['missions:refused.onReceipt'])
  const reason = 'Mauvais jour'
  done(await season.world.as('amina', (place) => cancelReceipt(place, receiptId, { reason })))
  done(await reverse())
  expect(codesOf(await reverse())).toEqual(['missions:refused.reversedAlready'])
})

test('the right hours are then entered anew, and every account still tells the same story', async () => {
  await enter(season, mission.id, accounts, { day: '2027-05-05', hours: 3 })
  const { db, config } = season.world.house
  const checked = await checkAll(db, vaultOf(config))
  expect(checked.flatMap(({ faults }) => faults)).toEqual([])
})
