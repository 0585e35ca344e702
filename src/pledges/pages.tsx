import { type Context, Hono } from 'hono'
import { type Campaign, campaignById, familiesOf } from '#campaigns'
import { isRefused, minutes, parseHours, type Refusal, type Refused, refusal } from '#kit'
import { allow, found, organisationOf, type Place, type PlaceEnv } from '#people'
import { type Filled, lawOn, once, Page, type Typed, typedOf } from '#platform'
import {
  confirmPledge,
  reducePledge,
  submitPledges,
  visiblePledge,
  withdrawPledge,
} from './actions.ts'
import { adviserRoutes } from './adviser-routes.tsx'
import { fileRoutes } from './files/routes.tsx'
import { draftsWaiting } from './files/store.ts'
import { readPledges } from './form.ts'
import { answerLetter, letterOfPledge } from './letter.ts'
import { CommunePledges, CompanyPledges } from './lists.tsx'
import { CostTable, NextSteps, PledgeForm } from './pledge-form.tsx'
import { PledgePage } from './pledge-page.tsx'
import { openedCampaign } from './season.ts'
import { conditionsOf, pledgesOf, reductionsOf } from './store.ts'

export const pledgeRoutes = new Hono<PlaceEnv>()

pledgeRoutes.route('/', adviserRoutes)
pledgeRoutes.route('/', fileRoutes)

pledgeRoutes.get(
  '/:year{[0-9]{4}}/pledges',
  allow('municipality.agent', 'company.csr'),
  async (context) => {
    const place = context.get('place')
    const campaign = await openedCampaign(place, context)
    const pledges = await pledgesOf(place.tx, campaign)
    const isCommune = place.as?.role === 'municipality.agent'
    const shown = {
      place,
      campaign,
      pledges,
      families: await familiesOf(place.tx, campaign),
      drafts: await draftsWaiting(
        place.tx,
        campaign,
        isCommune ? undefined : organisationOf(place).id,
      ),
    }
    return context.html(isCommune ? <CommunePledges {...shown} /> : <CompanyPledges {...shown} />)
  },
)

pledgeRoutes.get('/:year{[0-9]{4}}/pledges/new', allow('company.csr'), async (context) => {
  const campaign = await openedCampaign(context.get('place'), context)
  return formPage(context, campaign, { typed: hoursAsked(context), refusals: [] })
})

pledgeRoutes.post('/:year{[0-9]{4}}/pledges', allow('company.csr'), async (context) => {
  const place = context.get('place')
  const campaign = await openedCampaign(place, context)
  const { once: key = '', ...typed } = typedOf(await context.req.formData())
  const read = readPledges(typed, campaign, {
    openFamilies: await familiesOf(place.tx, campaign),
    today: place.today,
  })
  if (isRefused(read)) return formPage(context, campaign, { typed, ...read })
  const { conditions, lines } = read
  const asked = {
    territoryId: place.territory.id,
    key,
    payload: { ...typed, of: organisationOf(place).id },
  }
  const outcome = await once(place.tx, asked, () => submitPledges(place, conditions, lines))
  if (isRefused(outcome)) return formPage(context, campaign, { typed, ...outcome })
  return context.redirect(`${place.path}/${campaign.year}/pledges`, 303)
})

pledgeRoutes.get('/pledges/:id', allow('municipality.agent', 'company.csr'), async (context) =>
  pledgePage(context, context.req.param('id'), { typed: {}, refusals: [] }),
)

pledgeRoutes.get(
  '/pledges/:id/letter.pdf',
  allow('municipality.agent', 'company.csr'),
  async (context) => {
    const place = context.get('place')
    const pledge = await visiblePledge(place, context.req.param('id'))
    const campaign = found(await campaignById(place.tx, place.territory.id, pledge.campaignId))
    return answerLetter(context, await letterOfPledge(place, { pledge, campaign }))
  },
)

pledgeRoutes.post('/pledges/:id/confirmation', allow('municipality.agent'), async (context) => {
  const id = context.req.param('id')
  return answerDeed(context, id, async (place, typed) =>
    typed.letter === 'yes'
      ? confirmPledge(place, id)
      : { refusals: [refusal('pledges:refused.noLetter', { field: 'letter' })] },
  )
})

pledgeRoutes.post('/pledges/:id/reduction', allow('company.csr'), async (context) => {
  const id = context.req.param('id')
  return answerDeed(context, id, async (place, typed) =>
    reducePledge(place, id, {
      takenBackMinutes: parseHours(typed.takenBack ?? '') ?? minutes(0),
      reason: (typed.reason ?? '').trim(),
    }),
  )
})

pledgeRoutes.post('/pledges/:id/withdrawal', allow('company.csr'), async (context) => {
  const id = context.req.param('id')
  return answerDeed(context, id, async (place, typed) =>
    withdrawPledge(place, id, { reason: (typed.withdrawalReason ?? '').trim() }),
  )
})

/** The adviser sends the hours it proposed; never an amount in euros. */
function hoursAsked(context: Context<PlaceEnv>): Typed {
  const asked = Object.entries(context.req.query())
  return Object.fromEntries(asked.filter(([name]) => name.startsWith('hours-')))
}

type Answers = { typed: Typed; refusals: Refusal[] }

async function answerDeed(
  context: Context<PlaceEnv>,
  id: string,
  deed: (place: Place, typed: Typed) => Promise<{ id: string } | Refused>,
) {
  const place = context.get('place')
  await visiblePledge(place, id)
  const typed = typedOf(await context.req.formData())
  const outcome = await deed(place, typed)
  if (isRefused(outcome)) return pledgePage(context, id, { typed, ...outcome })
  return context.redirect(`${place.path}/pledges/${id}`, 303)
}

async function pledgePage(context: Context<PlaceEnv>, id: string, answers: Answers) {
  const place = context.get('place')
  const { say, path, language, tx } = place
  const pledge = await visiblePledge(place, id)
  const shown = {
    pledge,
    reductions: await reductionsOf(tx, pledge),
    terms: await conditionsOf(tx, pledge),
    path,
    language,
    filled: { say, ...answers },
    mayConfirm: place.as?.role === 'municipality.agent',
    mayTakeBack: place.as?.role === 'company.csr',
  }
  return context.html(
    <Page frame={place.frame} title={say('pledges:fact.title')}>
      <PledgePage {...shown} />
    </Page>,
    answers.refusals.length > 0 ? 422 : 200,
  )
}

async function formPage(context: Context<PlaceEnv>, campaign: Campaign, answers: Answers) {
  const { say, path, language, tx, frame, today } = context.get('place')
  const filled: Filled = { say, ...answers }
  const families = await familiesOf(tx, campaign)
  const action = `${path}/${campaign.year}/pledges`
  const title = say('pledges:form.title', { year: campaign.year })
  return context.html(
    <Page frame={frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">{say('pledges:form.lead')}</p>
      <section class="ds-card">
        <PledgeForm filled={filled} campaign={campaign} families={families} action={action} />
      </section>
      <div class="halves">
        <NextSteps filled={filled} />
        <CostTable
          filled={filled}
          reductionPercent={lawOn(today).giftReductionPercent}
          language={language}
        />
      </div>
    </Page>,
    answers.refusals.length > 0 ? 422 : 200,
  )
}
