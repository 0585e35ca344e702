import { expect, test } from 'vitest'
import { minutes } from '#kit'
import { confirmPledge, submitPledge } from '#pledges'
import { done, openSeason } from './season.ts'
import { world } from './world.ts'

test('a mail is in the language of whoever reads it, whoever causes it, words and dates alike', async () => {
  const valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  const hugo = await valmont.browser('hugo')
  const page = await (await hugo.get('/account')).text()
  expect(page).toContain('Langue des courriels')
  // Neither a language of ours nor any other word changes it.
  await hugo.post('/account/mail-language', { language: 'klingon' })
  expect((await hugo.post('/account/mail-language', { language: 'en' })).status).toBe(303)
  const campaign = await openSeason(valmont)
  const promise = {
    campaignId: campaign.id,
    family: 'FINANCE',
    pledgedMinutes: minutes(20 * 60),
    blockMinutes: minutes(60),
    modality: 'hybrid' as const,
    startsOn: campaign.startsOn,
    endsOn: campaign.endsOn,
    hasNoCounterpart: true,
  }
  const { id } = done(await valmont.as('hugo', (place) => submitPledge(place, promise)))
  done(await valmont.as('claire', (place) => confirmPledge(place, id)))
  const { email } = valmont.cast.people.hugo
  const mails = await valmont.house.db.selectFrom('outbox').selectAll().execute()
  const own = mails.find(({ recipient }) => recipient === email)
  expect(`${own?.subject} ${own?.body}`).toMatch(/Finance and accounting/)
  expect(own?.body).toContain('Hello')
  const others = mails.filter(({ recipient }) => recipient !== email)
  expect(others.length).toBeGreaterThan(0)
  for (const { body } of others) expect(body).toContain('Bonjour')
  await valmont.house.close()
})
