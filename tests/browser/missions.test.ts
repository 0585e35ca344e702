import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonKey } from '../cast.ts'
import { playDemo } from '../demo.ts'
import {
  accessibilityFaults,
  chromiumPath,
  openSite,
  type Site,
  sticksOut,
  whyNoWalk,
} from './chromium.ts'

type Walk = [person: PersonKey | undefined, path: string]

describe('hours, from the offer to the receipt, in a browser', () => {
  let site: Site
  let walks: Walk[]
  beforeAll(async () => {
    if (!chromiumPath) return
    site = await openSite({ play: playDemo })
    walks = await walksOf(site)
  })
  afterAll(() => site?.close())

  for (const width of [360, 1280])
    test(`every page is accessible and fits ${width} pixels`, async ({ skip }) => {
      if (!chromiumPath) return skip(whyNoWalk)
      for (const person of new Set(walks.map(([who]) => who))) {
        const page = await site.open(person, { width })
        for (const [, path] of walks.filter(([who]) => who === person)) {
          const answer = await page.goto(`${site.url}${path}`)
          expect({
            path,
            status: answer?.status(),
            faults: await accessibilityFaults(page),
            sticksOut: await sticksOut(page),
          }).toEqual({ path, status: 200, faults: [], sticksOut: false })
        }
      }
    })

  test('a volunteer confirms by the keyboard alone, without JavaScript nor account', async ({
    skip,
  }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const link = await linkOf(site)
    const page = await site.open(undefined, { width: 360, javaScript: false })
    await page.goto(`${site.url}${link}`)
    const button = page.getByRole('button', { name: 'Tout est exact' })
    await button.focus()
    await page.keyboard.press('Enter')
    await page.getByText('Merci, tout est répondu').waitFor()
  })
})

/** Mails of the demo carry their links: the newest one asks for the association's word. */
async function linkOf({ house }: Site): Promise<string> {
  const mails = await house.db.selectFrom('outbox').select('body').orderBy('id', 'desc').execute()
  const found = mails.flatMap(({ body }) => /(\/valmont\/confirm\/\S+)/.exec(body)?.[1] ?? [])
  return found[0] ?? ''
}

async function walksOf(site: Site): Promise<Walk[]> {
  const { db } = site.house
  const missions = await db
    .selectFrom('missions as m')
    .innerJoin('campaigns as c', 'c.id', 'm.campaignId')
    .leftJoin('missionAgreements as g', 'g.missionId', 'm.id')
    .leftJoin('giftReceipts as r', 'r.missionId', 'm.id')
    .select(['m.id', 'c.year', 'g.effectiveAt', 'r.id as receiptId'])
    .execute()
  const receipted = missions.find(({ receiptId }) => receiptId)
  const running = missions.find(({ receiptId, effectiveAt }) => effectiveAt && !receiptId)
  const year = receipted?.year
  const { verificationCode } = await db
    .selectFrom('documents')
    .select('verificationCode')
    .where('kind', '=', 'gift_receipt')
    .executeTakeFirstOrThrow()
  const lists: Walk[] = (['claire', 'ines', 'hugo', 'amina'] as const).map((person) => [
    person,
    `/valmont/${year}/missions`,
  ])
  return [
    ...lists,
    ['claire', `/valmont/${year}/receipts`],
    ['claire', `/valmont/missions/${running?.id}`],
    ['hugo', `/valmont/${year}/receipts`],
    ['hugo', `/valmont/${year}/csr`],
    ['hugo', `/valmont/missions/${receipted?.id}`],
    ['hugo', `/valmont/missions/${receipted?.id}/valuation`],
    ['hugo', `/valmont/missions/${receipted?.id}/agreement`],
    ['amina', `/valmont/${year}/receipts`],
    ['amina', `/valmont/${year}/contributions`],
    ['amina', `/valmont/missions/${receipted?.id}/receipt`],
    ['amina', `/valmont/receipts/${receipted?.receiptId}/cancellation`],
    ['tom', `/valmont/missions/${running?.id}`],
    ['tom', `/valmont/missions/${running?.id}/hours`],
    ['eva', `/valmont/missions/${running?.id}`],
    [undefined, await linkOf(site)],
    [undefined, '/valmont/verify'],
    [undefined, `/valmont/verify/${verificationCode}`],
  ]
}
