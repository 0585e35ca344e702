import { type Context, Hono } from 'hono'
import { type Campaign, familiesOf } from '#campaigns'
import { pledgeLetterPdf } from '#documents'
import { isRefused, minutes, type Refusal } from '#kit'
import { allow, type Place, type PlaceEnv } from '#people'
import { type Filled, Page, type Typed, typedOf } from '#platform'
import { type Advice, adviceOf, hoursTyped, shareEach } from './advice.ts'
import { AdvicePage } from './advice-page.tsx'
import { readLetter, readSituation, type Told } from './adviser-form.ts'
import { AdviserForm } from './adviser-page.tsx'
import { answerLetter, communeOf, companyOf } from './letter.ts'
import { LetterForm } from './letter-form.tsx'
import { openedCampaign } from './season.ts'

/**
 * The adviser asks what a company tells nobody: it keeps nothing. It is asked by POST, for an address stays in
 * journals and histories, and answers the page itself, for there is nothing to go to afterwards.
 */
export const adviserRoutes = new Hono<PlaceEnv>()

adviserRoutes.get('/:year{[0-9]{4}}/adviser', allow('public'), async (context) => {
  const campaign = await openedCampaign(context.get('place'), context)
  return adviserPage(context, campaign, { typed: {}, refusals: [] })
})

adviserRoutes.post('/:year{[0-9]{4}}/adviser', allow('public'), async (context) => {
  const campaign = await openedCampaign(context.get('place'), context)
  const typed = typedOf(await context.req.formData())
  return adviserPage(context, campaign, { typed, refusals: [], isAsked: true })
})

adviserRoutes.post('/:year{[0-9]{4}}/adviser/letter', allow('public'), async (context) => {
  const place = context.get('place')
  const campaign = await openedCampaign(place, context)
  const typed = typedOf(await context.req.formData())
  const families = await familiesOf(place.tx, campaign)
  const read = readLetter(typed, families)
  if (isRefused(read)) return letterPage(context, campaign, { typed, ...read })
  const { company, representative, lines } = read
  const pdf = pledgeLetterPdf({
    issuer: await communeOf(place),
    company: { ...company, identifier: `SIRET ${company.identifier}` },
    representative,
    campaign: campaign.title,
    hours: lines.map(({ family, pledgedMinutes }) => ({
      family: place.say(`campaigns:family.${family}`),
      minutes: minutes(pledgedMinutes),
    })),
    blockMinutes: undefined,
    from: campaign.startsOn,
    to: campaign.endsOn,
    createdAt: place.now,
  })
  return answerLetter(context, pdf)
})

type Answers = { typed: Typed; refusals: Refusal[]; isAsked?: boolean }

async function adviserPage(context: Context<PlaceEnv>, campaign: Campaign, answers: Answers) {
  const place = context.get('place')
  const { say, language, today, tx, path, frame } = place
  const families = await familiesOf(tx, campaign)
  const told = answers.isAsked ? readSituation(answers.typed, { families, today }) : undefined
  const refusals = told && isRefused(told) ? told.refusals : []
  const filled: Filled = { say, typed: answers.typed, refusals }
  const action = `${path}/${campaign.year}/adviser`
  const advice = told && !isRefused(told) ? adviceOf(told.situation, today) : undefined
  context.header('cache-control', 'no-store')
  return context.html(
    <Page frame={frame} title={say('adviser:title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('adviser:title')}
      </h1>
      <p class="lead">{say('adviser:lead')}</p>
      {advice && told && !isRefused(told) && (
        <>
          <AdvicePage {...{ advice, told, filled, language, today }} />
          {isCsr(place) && !told.isInvoiced && !told.hasTender && (
            <p>
              <a class="ds-button" href={promiseAddress(place, campaign, { told, advice })}>
                {say('adviser:promise')}
              </a>
            </p>
          )}
          {!told.isInvoiced && !told.hasTender && (
            <LetterForm
              filled={{ say, typed: {}, refusals: [] }}
              families={told.families.length > 0 ? told.families : families}
              action={`${action}/letter`}
              offeredMinutes={told.families.length > 0 ? advice.proposed.offeredMinutes : 0n}
              {...(await knownCompany(place))}
            />
          )}
          <h2 class="ds-heading" data-size="md">
            {say('adviser:again')}
          </h2>
        </>
      )}
      <AdviserForm {...{ filled, families, today, action }} />
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

function isCsr({ actor }: Place): boolean {
  return actor?.memberships.some(({ role }) => role === 'company.csr') ?? false
}

/** Hours alone go into the address of the form: no amount in euros does. */
function promiseAddress(
  { path }: Place,
  { year }: Campaign,
  { told, advice }: { told: Told; advice: Advice },
): string {
  const each = shareEach(advice.proposed.offeredMinutes, told.families.length)
  const hours = told.families.map((family) => [`hours-${family}`, hoursTyped(each)])
  return `${path}/${year}/pledges/new?${new URLSearchParams(Object.fromEntries(hours))}`
}

async function knownCompany(place: Place) {
  const company = await companyOf(place)
  return company ? { company } : {}
}

async function letterPage(context: Context<PlaceEnv>, campaign: Campaign, answers: Answers) {
  const { say, frame, path, tx } = context.get('place')
  const families = await familiesOf(tx, campaign)
  return context.html(
    <Page frame={frame} title={say('adviser:letter.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('adviser:title')}
      </h1>
      <LetterForm
        filled={{ say, ...answers }}
        families={families}
        action={`${path}/${campaign.year}/adviser/letter`}
        offeredMinutes={0n}
      />
    </Page>,
    422,
  )
}
