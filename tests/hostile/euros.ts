import { type Award, makeExecutory, recordPayment } from '#awards'
import type { Campaign } from '#campaigns'
import { cents } from '#kit'
import type { OrganisationKey, PersonKey } from '../cast.ts'
import { awardOf, notified, proposed, voted } from '../council.ts'
import { done } from '../season.ts'
import type { World } from '../world.ts'
import { inValmont, press, type Stage } from './stage.ts'

/** The vote, and what becomes of the euros after it. */
export const euroStages: Stage[] = [
  inValmont('the council about to vote', ['claire'], (valmont) => proposed(valmont)),
  inValmont('the vote recorded', ['claire'], (valmont) => voted(valmont)),
  inValmont('the vote in force', ['claire'], async (valmont) => {
    const { deliberationId } = await voted(valmont)
    await valmont.as('claire', async (place) =>
      done(await makeExecutory(place, deliberationId, { executoryOn: place.today })),
    )
  }),
  inValmont('letters sent', ['claire', 'amina'], (valmont) => notified(valmont)),
  inValmont('a schedule of payments', ['claire'], scheduled),
  inValmont(
    'reports that are late, and one that came',
    ['claire', 'amina'],
    async (valmont, goTo) => {
      const paths = await paid(valmont)
      await certified(valmont, paths.canoe)
      goTo('2028-07-05T09:00:00Z')
      await noticed(valmont, paths.foodBank)
    },
  ),
  inValmont('euros asked back', ['claire'], async (valmont, goTo) => {
    const paths = await paid(valmont)
    goTo('2028-07-05T09:00:00Z')
    await observed(valmont, paths.canoe, 'eva')
    await observed(valmont, paths.band, 'luc')
    const request = { askedCents: '100', 'ask-words': 'Dépenses non justifiées' }
    await press(valmont, 'claire', `${paths.band}/report/repayment-request`, request)
  }),
]

const pathOf = ({ id }: Award) => `/valmont/decisions/${id}`

/** Three payments: one ordered, one that may be, one that waits for the report. */
async function scheduled(valmont: World): Promise<void> {
  const { campaign } = await notified(valmont)
  const band = await awardOf(valmont, campaign, 'band')
  const path = pathOf(band)
  const rest = `${(band.cashCents - 2n) / 100n},${`${(band.cashCents - 2n) % 100n}`.padStart(2, '0')}`
  await press(valmont, 'claire', `${path}/schedule`, {
    'amount-1': '0,01',
    'waits-1': 'notice',
    'amount-2': '0,01',
    'waits-2': 'notice',
    'amount-3': rest,
    'waits-3': 'report',
  })
  const page = await (await (await valmont.browser('claire')).get(path)).text()
  const id = /\/instalments\/([0-9a-f-]+)\/order/.exec(page)?.[1] ?? ''
  const order = { [`number-${id}`]: 'M-1', [`on-${id}`]: '2027-01-10' }
  await press(valmont, 'claire', `/valmont/instalments/${id}/order`, order)
}

/** Two associations have received their euros, the food bank has an agreement to sign first; their pages. */
async function paid(valmont: World) {
  const { campaign } = await notified(valmont)
  return {
    foodBank: pathOf(await awardOf(valmont, campaign, 'foodBank')),
    band: await paidTo(valmont, campaign, 'band'),
    canoe: await paidTo(valmont, campaign, 'canoe'),
  }
}

async function paidTo(valmont: World, campaign: Campaign, key: OrganisationKey): Promise<string> {
  const award = await awardOf(valmont, campaign, key)
  const payment = { paidCents: cents(award.cashCents), orderNumber: `M-${key}` }
  await valmont.as('claire', async (place) =>
    done(await recordPayment(place, award.id, { ...payment, paidOn: place.today })),
  )
  return pathOf(award)
}

function certified(valmont: World, path: string): Promise<void> {
  return press(valmont, 'eva', `${path}/report/submission`, {
    actions: 'Dix sorties',
    people: 'Cent personnes',
    results: 'Tout a été fait',
    'planned-60': '6000',
    'done-60': '5000',
    'planned-74': '6000',
    'done-74': '5000',
    capacity: 'Présidente',
    certified: 'yes',
  })
}

function noticed(valmont: World, path: string): Promise<void> {
  const notice = { 'noticed-words': 'Rien n’est venu.', 'noticed-answerBy': '2028-08-05' }
  return press(valmont, 'claire', `${path}/report/formal-notice`, notice)
}

async function observed(valmont: World, path: string, person: PersonKey): Promise<void> {
  await noticed(valmont, path)
  const words = { 'observed-words': 'Un dégât des eaux' }
  await press(valmont, person, `${path}/report/observations`, words)
}
