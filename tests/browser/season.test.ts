import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { day } from '#kit'
import { chromiumPath, openSite, whyNoWalk } from './chromium.ts'
import { startWalk, type Walk } from './steps.ts'
import { apply, applyByKeyboard, declareInterest, review } from './steps-applications.ts'
import { confirmPledges, importLastYear, openPledges, pledgeHours } from './steps-commune.ts'
import { notify, pay, share, signGrant, vote } from './steps-council.ts'
import { agree, confirm, findSomeone, issue, value, work } from './steps-missions.ts'
import { publish, readLedger, verify } from './steps-public.ts'

describe('a whole season, each step by its own actor, in a browser', () => {
  let walk: Walk
  let isBroken = false
  beforeAll(async () => {
    if (chromiumPath) walk = startWalk(await openSite({ today: day('2026-11-24') }))
  })
  afterAll(() => walk?.site.close())
  afterEach(({ task }) => {
    isBroken ||= task.result?.state === 'fail'
    expect(walk?.faults() ?? []).toEqual([])
  })

  /** One step rests on those before it: after a fall, the rest would only repeat it. */
  const step = (name: string, walked: (walk: Walk) => Promise<void>) =>
    test(name, async ({ skip }) => {
      if (!chromiumPath) return skip(whyNoWalk)
      if (isBroken) return skip('a step before this one fell')
      await walked(walk)
    })

  step(
    'the agent imports last year’s grants, sees the line to mend, keeps the others',
    importLastYear,
  )
  step('the agent sets the season up and opens the pledges', openPledges)
  step('two companies pledge hours, one of them without JavaScript', pledgeHours)
  step('the agent confirms the pledges and opens the applications', confirmPledges)
  step('an association asks for euros and hours, and takes its receipt away', apply)
  step('another one does so with the keyboard alone', applyByKeyboard)
  step('the agent finds both files complete, eligible twice, and marks them', review)
  step('an elected member declares a tie and reads nothing of that file', declareInterest)
  step('the agent computes a fair split and puts it to the council', share)
  step('the days go by until the council sits', ({ moveTo }) => moveTo('2027-03-25'))
  step('the vote is recorded with the keyboard alone, with its recusal', vote)
  step('the vote comes into force and the letters leave', notify)
  step('the grant’s agreement is signed by both', signGrant)
  step('the euros are paid', pay)
  step('spring comes', ({ moveTo }) => moveTo('2027-04-02'))
  step('an employee offers help on a phone; association and company say yes', findSomeone)
  step('the three parties sign the mission’s agreement', agree)
  step('two weeks go by', ({ moveTo }) => moveTo('2027-04-20'))
  step('the employee enters hours on a phone and asks for a word', work)
  step('the association confirms by a link, without an account', confirm)
  step('the company approves and declares what the hours cost', value)
  step('the association signs the receipt, and all can count its euros', issue)
  step('anyone checks the receipt by its code, and reads nobody’s name', verify)
  step('the ledger shows where each hour is', readLedger)
  step('the season is published: page, SCDL file, in English too', publish)
})
