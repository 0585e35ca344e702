import { afterAll, beforeAll, expect, test } from 'vitest'
import { assumptionsOf, computeScenario, currentProposal, proposeScenario } from '#allocation'
import { applicationOfAssociation } from '#applications'
import { recordDeliberation } from '#awards'
import { type Campaign, criteriaOf, envelopesOf } from '#campaigns'
import { declareInterest, giveMarks, standings } from '#review'
import { reviewed, sittingOn, unanimous } from './council.ts'
import { enter } from './files.ts'
import { codesOf, done } from './season.ts'
import { type World, world } from './world.ts'

let valmont: World
let campaign: Campaign
let fileId: string
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = await reviewed(valmont)
  const { band } = valmont.cast.organisations
  const file = await valmont.as('claire', ({ tx }) => applicationOfAssociation(tx, campaign, band))
  fileId = file?.id ?? ''
})
afterAll(() => valmont.house.close())

/** The band's score, by the marks that count today. */
const bandScore = () =>
  valmont.as('claire', async ({ tx }) => (await standings(tx, campaign)).get(fileId)?.score)

test('a councillor recused after having scored: the marks stop counting, the vote stops too', async () => {
  const before = await bandScore()
  if (before === undefined) throw new Error('the band has a score')
  await valmont.as('paul', async (place) => {
    const criteria = await criteriaOf(place.tx, campaign)
    const marks = Object.fromEntries(criteria.map(({ id }) => [id, 0]))
    done(await giveMarks(place, fileId, { marks, comment: '' }))
  })
  expect(await bandScore()).toBeLessThan(before)
  const associationId = valmont.cast.organisations.band
  const interest = { associationId, nature: 'Vice-président' }
  done(await valmont.as('paul', (place) => declareInterest(place, interest)))
  expect(await bandScore()).toBe(before)

  await valmont.as('claire', async (place) => {
    const assumptions = assumptionsOf(campaign, await envelopesOf(place.tx, campaign))
    const { id } = done(await computeScenario(place, campaign, { name: 'Essai', assumptions }))
    done(await proposeScenario(place, campaign, id))
  })
  const deliberating = await enter(valmont, campaign.id, 'deliberating')
  const vote = (recusedIds: string[]) =>
    valmont.as('claire', async (place) => {
      const proposal = await currentProposal(place.tx, deliberating)
      if (!proposal) throw new Error('nothing is proposed')
      const sitting = sittingOn(place.today)
      const votes = proposal.lines.map((line) =>
        unanimous(line, {
          presentCount: sitting.presentCount,
          recusedIds: line.associationId === associationId ? recusedIds : [],
        }),
      )
      const input = { scenarioId: proposal.scenarioId, sitting, votes }
      return recordDeliberation(place, deliberating, input)
    })
  expect(codesOf(await vote([]))).toEqual(['awards:refused.interested'])
  done(await vote([valmont.cast.people.paul.id]))
})
