import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentProposal } from '#allocation'
import type { Campaign } from '#campaigns'
import { declareInterest } from '#review'
import { proposed } from '../../tests/council.ts'
import { done } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import { awardsOf, deliberationsOf } from './index.ts'
import { recusalsOf } from './store.ts'

let valmont: World
let campaign: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = await proposed(valmont)
  const associationId = valmont.cast.organisations.band
  const interest = { associationId, nature: 'Vice-président' }
  done(await valmont.as('paul', (place) => declareInterest(place, interest)))
})
afterAll(() => valmont.house.close())

const decisions = '/valmont/2027/decisions'

/** What the page of the vote holds when it is opened, as a browser would send it. */
async function voteForm() {
  const claire = await valmont.browser('claire')
  const page = await (await claire.get(decisions)).text()
  const form: Record<string, string> = {}
  for (const [tag] of page.matchAll(/<input[^>]*>/g)) {
    const name = / name="([^"]+)"/.exec(tag)?.[1]
    const isSent = !tag.includes('type="checkbox"') || tag.includes('checked')
    if (name && isSent) form[name] = / value="([^"]*)"/.exec(tag)?.[1] ?? ''
  }
  const sitting = {
    number: '2027-03-12',
    heldOn: '10/01/2027',
    inOfficeCount: '27',
    presentCount: '20',
  }
  return { claire, page, form: { ...form, ...sitting } }
}

test('the elected member with a tie is ticked beforehand, and does not see the line', async () => {
  const { page, form } = await voteForm()
  expect(page).toContain('Paul Girard')
  const paulId = valmont.cast.people.paul.id
  expect(Object.keys(form).filter((name) => name.endsWith(paulId))).toHaveLength(1)
  const own = await (await (await valmont.browser('paul')).get(decisions)).text()
  expect(own).not.toContain('Harmonie municipale')
})

test('a vote with the interested member in the room is refused, and nothing typed is lost', async () => {
  const { claire, form } = await voteForm()
  const paulId = valmont.cast.people.paul.id
  const stayed = Object.fromEntries(Object.entries(form).filter(([name]) => !name.endsWith(paulId)))
  const answer = await claire.post(decisions, stayed)
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('doit se déporter')
  expect(page).toContain('value="2027-03-12"')
  expect(await valmont.as('claire', ({ tx }) => awardsOf(tx, campaign))).toEqual([])
})

test('the clerk makes the pack, records the vote, puts it in force and sends the letters', async () => {
  const { claire, form } = await voteForm()
  const pack = await claire.post(`${decisions}/packs`, { rapporteur: 'Nadia Benali' })
  expect(pack.status).toBe(303)
  const proposal = await valmont.as('claire', ({ tx }) => currentProposal(tx, campaign))
  const canoe = proposal?.lines.find(({ associationName }) => associationName.includes('canoë'))
  const canoeForm = {
    [`against-${canoe?.applicationId}`]: '15',
    [`adopted-${canoe?.applicationId}`]: '',
  }
  expect((await claire.post(decisions, { ...form, ...canoeForm })).status).toBe(303)
  const [deliberation] = await valmont.as('claire', ({ tx }) => deliberationsOf(tx, campaign))
  const steps = `/valmont/deliberations/${deliberation?.id}`
  expect((await claire.post(`${steps}/notices`)).status).toBe(422)
  expect((await claire.post(`${steps}/execution`, { executoryOn: '2027-01-10' })).status).toBe(303)
  expect((await claire.post(`${steps}/notices`)).status).toBe(303)
  const awards = await valmont.as('claire', ({ tx }) => awardsOf(tx, campaign))
  expect(awards.map(({ associationName, isAdopted }) => [associationName, isAdopted])).toEqual([
    ['Banque alimentaire de Valmont', true],
    ['Club de canoë-kayak', false],
    ['Harmonie municipale', true],
  ])
  const band = awards.find(({ associationName }) => associationName.startsWith('Harmonie'))
  expect([band?.votesFor, band?.votesAgainst]).toEqual([19, 0])
  const recusals = await valmont.as('claire', ({ tx }) => recusalsOf(tx, campaign))
  expect(recusals.map(({ personName }) => personName)).toEqual(['Paul Girard'])
})

test('an association whose request was rejected is told so, and has nothing to sign', async () => {
  const eva = await valmont.browser('eva')
  const page = await (await eva.get(decisions)).text()
  expect(page).toContain('Demande non retenue')
  expect(page).toContain('Voir la décision')
})

test('a line already granted is not put to a second vote', async () => {
  const { page } = await voteForm()
  const rows = [...page.matchAll(/name="cash-/g)]
  // The rejected request alone may come back before the council.
  expect(rows).toHaveLength(1)
})
