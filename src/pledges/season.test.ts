import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { minutes } from '#kit'
import { post, totalOf } from '#ledger'
import { Missing } from '#people'
import type { PersonKey } from '../../tests/cast.ts'
import { codesOf, done, openSeason } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import {
  confirmedSupply,
  confirmPledge,
  pledgesOf,
  reducePledge,
  submitPledge,
  withdrawPledge,
} from './index.ts'

let valmont: World
let season: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2026-11-24T10:00:00Z'))
  season = await openSeason(valmont, { reservePercent: 0 })
})
afterAll(() => valmont.house.close())

async function promise(person: PersonKey, hours: number, family = 'FINANCE'): Promise<string> {
  const { id: campaignId, startsOn, endsOn } = season
  const outcome = await valmont.as(person, (place) =>
    submitPledge(place, {
      campaignId,
      family,
      pledgedMinutes: minutes(hours * 60),
      blockMinutes: minutes(60),
      modality: 'hybrid',
      startsOn,
      endsOn,
      hasNoCounterpart: true,
    }),
  )
  return done(outcome).id
}

const form = {
  'hours-FINANCE': '40',
  'hours-LEGAL': '3 h 30',
  block: '3 h 30',
  modality: 'remote',
  startsOn: '2027-04-01',
  endsOn: '2027-12-31',
  missionsMax: '',
  noCounterpart: 'yes',
}

function held(kind: 'PLEDGED' | 'CONFIRMED' | 'OUTSIDE' | 'ALLOCATED'): Promise<bigint> {
  return valmont.as('claire', ({ tx, territory }) =>
    totalOf(tx, territory.id, season.id, 'hours', kind),
  )
}

test('a company promises two skills in one form, and sending it twice counts once', async () => {
  const jeanne = await valmont.browser('jeanne')
  const page = await (await jeanne.get('/valmont/2027/pledges/new')).text()
  const key = /name="once" value="([^"]+)"/.exec(page)?.[1] ?? ''
  for (let time = 0; time < 2; time++)
    expect((await jeanne.post('/valmont/2027/pledges', { ...form, once: key })).status).toBe(303)
  const list = await (await jeanne.get('/valmont/2027/pledges')).text()
  expect(list).toContain('Juridique et conformité')
  expect(list).toMatch(/40\s?h/)
  expect(await held('PLEDGED')).toBe(minutes(43 * 60 + 30))
})

test('an incomplete promise comes back as typed, with every reason', async () => {
  const jeanne = await valmont.browser('jeanne')
  const { noCounterpart: _, ...silent } = form
  const answer = await jeanne.post('/valmont/2027/pledges', {
    ...silent,
    'hours-FINANCE': '2',
    endsOn: '2028-06-30',
    once: 'a key of one form',
  })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('Promettez au moins une séance entière.')
  expect(page).toContain('Les missions de cette campagne finissent avant cette date')
  expect(page).toContain('Cochez cette déclaration')
  expect(page).toContain('value="2028-06-30"')
})

test('the commune confirms only when it says that the signed letter has arrived', async () => {
  const id = await promise('hugo', 20)
  const claire = await valmont.browser('claire')
  expect(await (await claire.get('/valmont/2027/pledges')).text()).toContain(
    'Cabinet Aubry Conseil',
  )
  const unsigned = await claire.post(`/valmont/pledges/${id}/confirmation`)
  expect(unsigned.status).toBe(422)
  expect(await unsigned.text()).toContain('letter-reason')
  expect(await held('CONFIRMED')).toBe(0n)
  const signed = await claire.post(`/valmont/pledges/${id}/confirmation`, { letter: 'yes' })
  expect(signed.status).toBe(303)
  expect(await held('CONFIRMED')).toBe(minutes(20 * 60))
  const again = await claire.post(`/valmont/pledges/${id}/confirmation`, { letter: 'yes' })
  expect(again.status).toBe(422)
  const mails = await valmont.house.db
    .selectFrom('outbox')
    .select(['recipient', 'subject'])
    .execute()
  expect(mails).toContainEqual({
    recipient: valmont.cast.people.hugo.email,
    subject: "Votre promesse d'heures est confirmée",
  })
})

test('another company’s pledge does not exist', async () => {
  const id = await promise('hugo', 5)
  const jeanne = await valmont.browser('jeanne')
  expect((await jeanne.get(`/valmont/pledges/${id}`)).status).toBe(404)
  expect(
    (await jeanne.post(`/valmont/pledges/${id}/withdrawal`, { withdrawalReason: 'x' })).status,
  ).toBe(404)
  expect((await jeanne.get('/valmont/pledges/none')).status).toBe(404)
  expect(await (await jeanne.get('/valmont/2027/pledges')).text()).not.toContain('Aubry')
  await expect(
    valmont.as('jeanne', (place) => withdrawPledge(place, id, { reason: 'erreur' })),
  ).rejects.toBeInstanceOf(Missing)
})

test('the commune never takes hours back in a company’s name', async () => {
  const id = await promise('hugo', 5)
  const claire = await valmont.browser('claire')
  expect((await claire.post(`/valmont/pledges/${id}/reduction`)).status).toBe(403)
  await expect(
    valmont.as('claire', (place) => withdrawPledge(place, id, { reason: 'erreur' })),
  ).rejects.toBeInstanceOf(Missing)
})

test('hours given to an association are not taken back; the free ones are', async () => {
  const id = await promise('sarah', 30, 'DIGITAL')
  await valmont.as('claire', async (place) => done(await confirmPledge(place, id)))
  await grant(id, 20)
  const reduce = (hours: number) =>
    valmont.as('sarah', (place) =>
      reducePledge(place, id, {
        takenBackMinutes: minutes(hours * 60),
        reason: 'départ d’un salarié',
      }),
    )
  expect(codesOf(await reduce(11))).toEqual(['pledges:refused.alreadyGiven'])
  const withdrawn = await valmont.as('sarah', (place) =>
    withdrawPledge(place, id, { reason: 'arrêt' }),
  )
  expect(codesOf(withdrawn)).toEqual(['pledges:refused.partlyGiven'])
  done(await reduce(10))
  const sarah = await valmont.browser('sarah')
  const page = await (await sarah.get(`/valmont/pledges/${id}`)).text()
  expect(page).toContain('départ d’un salarié')
  const [own] = await valmont.as('claire', async ({ tx }) =>
    (await pledgesOf(tx, season)).filter((pledge) => pledge.id === id),
  )
  expect(own).toMatchObject({ keptMinutes: minutes(20 * 60), freeMinutes: 0n })
})

test('a withdrawn pledge gives every hour back and is no longer shared out', async () => {
  const id = await promise('sarah', 8, 'DATA')
  await valmont.as('claire', async (place) => done(await confirmPledge(place, id)))
  const supply = () => valmont.as('claire', ({ tx }) => confirmedSupply(tx, season))
  expect(await supply()).toContainEqual(expect.objectContaining({ pledgeId: id }))
  const outsideBefore = await held('OUTSIDE')
  const sarah = await valmont.browser('sarah')
  const silent = await sarah.post(`/valmont/pledges/${id}/withdrawal`)
  expect(silent.status).toBe(422)
  const answer = await sarah.post(`/valmont/pledges/${id}/withdrawal`, {
    withdrawalReason: 'fermeture',
  })
  expect(answer.status).toBe(303)
  expect((await held('OUTSIDE')) - outsideBefore).toBe(minutes(8 * 60))
  expect(await supply()).not.toContainEqual(expect.objectContaining({ pledgeId: id }))
})

test('the thermometer is public, says what is missing and names no company', async () => {
  const page = await (await valmont.browser()).get('/valmont/2027/thermometer')
  expect(page.status).toBe(200)
  const text = await page.text()
  expect(text).toContain('Personne encore')
  for (const company of ['Aubry', 'Lenoir', 'Sorel']) expect(text).not.toContain(company)
})

test('once pledges are confirmed, applications may open', async () => {
  const claire = await valmont.browser('claire')
  expect((await claire.post('/valmont/2027/states', { state: 'applying' })).status).toBe(303)
})

/** What the council's decision does later, in another room. */
function grant(pledgeId: string, hours: number) {
  return valmont.as('claire', ({ tx, territory, today, now, actor }) => {
    const account = (kind: 'CONFIRMED' | 'ALLOCATED') => ({
      book: 'hours' as const,
      kind,
      campaignId: season.id,
      subjectId: pledgeId,
      label: 'Studio Sorel',
    })
    const moves = [
      { from: account('CONFIRMED'), to: account('ALLOCATED'), amount: minutes(hours * 60) },
    ]
    const act = { territoryId: territory.id, day: today, at: now, personId: actor?.personId }
    return post(tx, {
      ...act,
      book: 'hours',
      reason: 'award.executory',
      subjectId: pledgeId,
      moves,
    })
  })
}
