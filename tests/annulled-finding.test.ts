import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents } from '#kit'
import type { Mission } from '#missions'
import { addMembership } from '#people'
import { declareValuation, issueReceipt } from '#receipts'
import { checkEligibility, type EligibilityInput, standings } from '#review'
import type { PersonKey } from './cast.ts'
import { accounts, missionOf, published, running, type Season, worked } from './missions.ts'
import { codesOf, done } from './season.ts'

// A refusal recorded on the wrong file must not bar an association's days for ever.

let season: Season
let mission: Mission
let history: string
beforeAll(async () => {
  season = await published()
  mission = await missionOf(season, 'foodBank')
  history = `/valmont/applications/${mission.applicationId}/eligibility`
  await running(season, mission.id, accounts)
  season.goTo('2027-05-06T08:00:00Z')
  const slip: EligibilityInput = {
    subject: 'hours',
    basis: 'ruling_refused',
    evidence: 'Rescrit n° 12',
  }
  done(
    await season.world.as('claire', (place) =>
      checkEligibility(place, mission.applicationId, slip),
    ),
  )
  season.goTo('2027-05-07T18:00:00Z')
  await worked(season, mission.id, accounts, { day: '2027-05-07', hours: 3 })
})
afterAll(() => season.world.house.close())

async function read(person: PersonKey, path = history) {
  const answer = await (await season.world.browser(person)).get(path)
  return { status: answer.status, page: (await answer.text()).replaceAll('\u00a0', ' ') }
}

const press = async (person: PersonKey, path: string, form: Record<string, string> = {}) =>
  (await season.world.browser(person)).post(path, form)

const hoursOutcome = () =>
  season.world.as('claire', async ({ tx }) => {
    const all = await standings(tx, season.campaign, [mission.applicationId])
    return all.get(mission.applicationId)?.hours
  })

const declare = () =>
  season.world.as('hugo', (place) =>
    declareValuation(place, mission.id, { hourlyCostCents: cents(38_50), legalForm: 'SARL' }),
  )

/** The address of the deed on the newest finding about hours. */
async function deedAt(person: PersonKey): Promise<string> {
  const { page } = await read(person)
  return /action="([^"]+\/hours\/\d+\/annulment)/.exec(page)?.[1] ?? ''
}

const reason = 'Rescrit d’une autre association, enregistré sur ce dossier'
let deed = ''

test('an agent asks, with the slip in words; nothing changes until the second look', async () => {
  expect(codesOf(await declare())).toEqual(['receipts:refused.nothingToValue'])
  deed = await deedAt('claire')
  const field = `reason-hours-${deed.split('/').at(-2)}`
  const silent = await press('claire', deed, { [field]: ' ' })
  expect(silent.status).toBe(422)
  expect(await silent.text()).toContain('Dites quelle erreur a été faite')
  expect((await press('claire', deed, { [field]: reason })).status).toBe(303)
  expect((await press('claire', deed, { [field]: reason })).status).toBe(422)
  expect((await press('claire', `${deed}/confirmation`)).status).toBe(403)
  expect(await hoursOutcome()).toBe('ineligible')
  expect(codesOf(await declare())).toEqual(['receipts:refused.nothingToValue'])
  expect((await read('odile', '/valmont/home')).page).toContain('serait une erreur de saisie')
})

test('whoever asked does not confirm, even when they hold both roles', async () => {
  const { house, cast } = season.world
  const role = 'municipality.admin' as const
  const claire = { personId: cast.people.claire.id, organisationId: cast.territory.organisationId }
  await addMembership(house.db, { ...claire, role })
  const own = await press('claire', `${deed}/confirmation`)
  expect(own.status).toBe(422)
  expect(await own.text()).toContain('une autre personne doit la confirmer')
})

test('annulled, it stays readable, struck through, with who by role and why; no name is on the page', async () => {
  expect((await press('odile', `${deed}/confirmation`)).status).toBe(303)
  expect((await press('odile', `${deed}/confirmation`)).status).toBe(303)
  const { page } = await read('claire')
  expect(page).toMatch(/<del>(?:(?!<\/del>).)*Rescrit n° 12(?:(?!<\/del>).)*<\/del>/s)
  expect(page).toContain('Annulée par un administrateur de la commune')
  expect(page).toContain(reason)
  expect(page).toContain('enregistrez un nouveau constat')
  expect(page).not.toContain('Odile')
  expect((await read('odile', '/valmont/home')).page).not.toContain('serait une erreur de saisie')
  const action = 'eligibility.annulled'
  const { rows } = await season.world.as('claire', async ({ tx }) => ({
    rows: await tx.selectFrom('journal').select('details').where('action', '=', action).execute(),
  }))
  expect(rows).toHaveLength(1)
})

test('every reader passes over it: the finding before counts again, and the days it barred may be receipted', async () => {
  expect(await hoursOutcome()).not.toBe('ineligible')
  const file = await read('claire', `/valmont/applications/${mission.applicationId}/review`)
  expect(file.page).not.toContain('Rescrit n° 12')
  done(await declare())
  const signing = { capacity: 'Présidente', category: 'freeAid' as const, categoryLabel: '' }
  done(await season.world.as('amina', (place) => issueReceipt(place, mission.id, signing)))
})

test('a finding about euros is annulled by the same deed', async () => {
  const own = deed.replace(/hours\/\d+/, 'cash/1')
  expect((await press('claire', own, { 'reason-cash-1': reason })).status).toBe(303)
  expect((await press('odile', `${own}/refusal`)).status).toBe(303)
  expect((await read('claire')).page).toContain('refusée par un administrateur')
})

test('the history is the commune’s: neither the association nor a company reads it', async () => {
  for (const person of ['amina', 'hugo', 'yves'] as const)
    expect([person, (await read(person)).status]).toEqual([person, 403])
})
