import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentProposal } from '#allocation'
import { awardsOf } from '#awards'
import type { Campaign } from '#campaigns'
import { addMembership } from '#people'
import { declareInterest } from '#review'
import { proposed } from './council.ts'
import { done } from './season.ts'
import { type Browser, type World, world } from './world.ts'

let valmont: World
let campaign: Campaign
let bandId: string
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = await proposed(valmont)
  // The town hall's second agent.
  await addMembership(valmont.house.db, {
    personId: valmont.cast.people.odile.id,
    organisationId: valmont.cast.organisations.valmont,
    role: 'municipality.agent',
  })
  const associationId = valmont.cast.organisations.band
  const interest = { associationId, nature: 'Trésorière bénévole' }
  done(await valmont.as('claire', (place) => declareInterest(place, interest)))
  const proposal = await valmont.as('claire', ({ tx }) => currentProposal(tx, campaign))
  const line = proposal?.lines.find((one) => one.associationId === associationId)
  bandId = line?.applicationId ?? ''
})
afterAll(() => valmont.house.close())

const decisions = '/valmont/2027/decisions'
const decided = async () =>
  (await valmont.as('claire', ({ tx }) => awardsOf(tx, campaign))).map(
    ({ associationName }) => associationName,
  )

/** The form as the page gives it to this person, and the sitting. */
async function voteForm(browser: Browser, number: string): Promise<Record<string, string>> {
  const page = await (await browser.get(decisions)).text()
  const form: Record<string, string> = {}
  for (const [tag] of page.matchAll(/<input[^>]*>/g)) {
    const name = / name="([^"]+)"/.exec(tag)?.[1]
    const isSent = !tag.includes('type="checkbox"') || tag.includes('checked')
    if (name && isSent) form[name] = / value="([^"]*)"/.exec(tag)?.[1] ?? ''
  }
  const sitting = { number, heldOn: '10/01/2027', inOfficeCount: '27', presentCount: '20' }
  return { ...form, ...sitting }
}

test('an agent with a tie who sends the hidden line all the same is refused in words', async () => {
  const claire = await valmont.browser('claire')
  const form = await voteForm(claire, '2027-01')
  expect(Object.keys(form).filter((name) => name.includes(bandId))).toEqual([])
  const forged = {
    [`cash-${bandId}`]: '12000',
    [`for-${bandId}`]: '20',
    [`adopted-${bandId}`]: 'yes',
  }
  const answer = await claire.post(decisions, { ...form, ...forged })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('vous avez déclaré un lien avec cette association')
  expect(await decided()).toEqual([])
})

test('she records the other lines; another agent records the one she is tied to', async () => {
  const claire = await valmont.browser('claire')
  const mine = await claire.post(decisions, await voteForm(claire, '2027-01'))
  expect(mine.status).toBe(303)
  expect(await decided()).toEqual(['Banque alimentaire de Valmont', 'Club de canoë-kayak'])

  const odile = await valmont.browser('odile')
  const form = await voteForm(odile, '2027-02')
  expect(form[`for-${bandId}`]).toBeDefined()
  expect((await odile.post(decisions, form)).status).toBe(303)
  expect(await decided()).toContain('Harmonie municipale')
})
