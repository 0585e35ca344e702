import { type Context, Hono } from 'hono'
import { campaignById, campaignOfPath } from '#campaigns'
import { answerPdf, documentById } from '#documents'
import {
  cents,
  isRefused,
  newId,
  parseDay,
  parseEuros,
  type Refusal,
  type Refused,
  refusal,
} from '#kit'
import { allow, found, type Place, type PlaceEnv } from '#people'
import { once, type Typed, typedOf } from '#platform'
import { awardOfPath } from '../award-of-path.ts'
import { stepsOf } from '../course-store.ts'
import { type Award, adoptedAwards } from '../store.ts'
import {
  acceptReport,
  observe,
  returnReport,
  saveReport,
  sendFormalNotice,
  submitReport,
} from './actions.ts'
import { type AwardReaders, factsOf, reportFacts } from './facts.ts'
import { ReportListPage } from './list-page.tsx'
import { ReportPage } from './page.tsx'
import { plannedFrom } from './planned.ts'
import { askRepayment, recordRepayment } from './repayment.ts'
import { deedsOpen, type NewRepayment, owesReport, reportStates } from './rules.ts'
import { certifiedOf, draftFor, repaymentsOf } from './store.ts'

const agents = allow('municipality.agent')
const council = allow('municipality.agent', 'municipality.elected')
const writers = allow('association.representative', 'association.member')
const representatives = allow('association.representative')
const readers = allow(
  'municipality.agent',
  'municipality.elected',
  'municipality.finance',
  'association.representative',
  'association.member',
  'association.reader',
)
const base = '/decisions/:awardId/report'
type Outcome = { id: string } | Refused
type Deed = (place: Place, award: Award, typed: Typed) => Promise<Outcome>

/** The account that an association gives of its grant, from the draft to a repayment. */
export function reportRoutes(read: AwardReaders): Hono<PlaceEnv> {
  const routes = new Hono<PlaceEnv>()
  const does = (deed: Deed) => async (context: Context<PlaceEnv>) => {
    const place = context.get('place')
    const award = await owingAward(context)
    const typed = typedOf(await context.req.formData())
    const outcome = await deed(place, award, typed)
    if (isRefused(outcome))
      return showReport(context, read, award, { typed, refusals: outcome.refusals })
    return context.redirect(`${place.path}/decisions/${award.id}/report`, 303)
  }

  routes.get('/:year{[0-9]{4}}/decisions/reports', council, showList)
  routes.get(base, readers, async (context) =>
    showReport(context, read, await owingAward(context), {}),
  )
  routes.get('/decisions/:awardId/letters/:documentId', readers, showLetter)
  routes.post(base, writers, does(saveReport))
  routes.post(
    `${base}/submission`,
    representatives,
    does(async (place, award, typed) =>
      submitReport(place, award, { typed, hours: await hoursOf(place, read, award) }),
    ),
  )
  routes.post(`${base}/observations`, writers, does(observing))
  routes.post(`${base}/returns`, agents, does(returning))
  routes.post(`${base}/acceptance`, agents, does(acceptReport))
  routes.post(`${base}/formal-notice`, agents, does(noticing))
  routes.post(`${base}/repayment-request`, agents, does(asking))
  routes.post(`${base}/repayments`, agents, does(repaying))
  return routes
}

const wordsIn = (typed: Typed, field: string) => typed[field]?.trim() ?? ''

const observing: Deed = (place, award, typed) =>
  observe(place, award, { words: wordsIn(typed, 'observed-words') })

const returning: Deed = (place, award, typed) =>
  returnReport(place, award, requestIn(typed, 'returned'))

const noticing: Deed = (place, award, typed) =>
  sendFormalNotice(place, award, requestIn(typed, 'noticed'))

const asking: Deed = (place, award, typed) =>
  askRepayment(place, award, {
    words: wordsIn(typed, 'ask-words'),
    askedCents: parseEuros(typed.askedCents ?? ''),
  })

const repaying: Deed = async (place, award, typed) => {
  const repayment = readRepayment(typed)
  if (isRefused(repayment)) return repayment
  const asked = { territoryId: place.territory.id, key: typed.once || newId(), payload: typed }
  return once(place.tx, asked, () => recordRepayment(place, award, repayment))
}

function requestIn(typed: Typed, kind: 'returned' | 'noticed') {
  const words = wordsIn(typed, `${kind}-words`)
  return { words, answerBy: parseDay(typed[`${kind}-answerBy`] ?? '') }
}

function readRepayment(typed: Typed): NewRepayment | Refused {
  const refusals: Refusal[] = []
  const repaidCents = parseEuros(typed.repaidCents ?? '')
  const repaidOn = parseDay(typed.repaidOn ?? '')
  if (repaidCents === undefined)
    refusals.push(refusal('awards:refused.amount', { field: 'repaidCents' }))
  if (!repaidOn) refusals.push(refusal('awards:refused.day', { field: 'repaidOn' }))
  if (refusals.length > 0 || !repaidOn) return { refusals }
  const receiptNumber = wordsIn(typed, 'receiptNumber')
  return { repaidCents: repaidCents ?? cents(0), repaidOn, receiptNumber }
}

/** A grant in euros that was told to its association; no other has an account to give. */
async function owingAward(context: Context<PlaceEnv>): Promise<Award> {
  const award = await awardOfPath(context)
  return found(owesReport(award) ? award : undefined)
}

async function hoursOf({ tx, territory }: Place, read: AwardReaders, award: Award) {
  const campaign = found(await campaignById(tx, territory.id, award.campaignId))
  return read.hoursUsed(tx, campaign, award)
}

async function showReport(
  context: Context<PlaceEnv>,
  read: AwardReaders,
  award: Award,
  { typed = {}, refusals = [] }: { typed?: Typed; refusals?: Refusal[] },
) {
  const place = context.get('place')
  const { tx, territory } = place
  const key = { territoryId: territory.id, awardId: award.id }
  const facts = await reportFacts(place, award)
  const isOpen = deedsOpen(facts).has('submit')
  const isWriter = writers.who.some((role) => role === place.as?.role)
  const mayWrite = isWriter && isOpen
  const draft = mayWrite ? await draftFor(tx, key) : undefined
  const isRepresentative = place.as?.role === 'association.representative'
  return context.html(
    <ReportPage
      place={place}
      award={award}
      facts={facts}
      hours={await hoursOf(place, read, award)}
      draft={draft}
      planned={mayWrite && !draft ? await plannedFrom(place, award) : undefined}
      certified={await certifiedOf(tx, key)}
      repayments={await repaymentsOf(tx, key)}
      may={{
        write: mayWrite,
        certify: isRepresentative && isOpen,
        observe: isWriter,
        act: place.as?.role === 'municipality.agent',
      }}
      filled={{ say: place.say, typed, refusals }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

async function showList(context: Context<PlaceEnv>) {
  const place = context.get('place')
  const { tx, territory, today } = place
  const campaign = await campaignOfPath(place, context)
  const awards = (await adoptedAwards(tx, campaign)).filter(owesReport)
  const ids = awards.map(({ id }) => id)
  const steps = await stepsOf(tx, territory.id, ids)
  const reports = awards.map((award) => ({
    award,
    facts: factsOf(award, steps.get(award.id) ?? [], { campaign, today }),
  }))
  const asked = context.req.query('state')
  const shown = reportStates.find((state) => state === asked)
  return context.html(
    <ReportListPage place={place} campaign={campaign} reports={reports} shown={shown} />,
  )
}

async function showLetter(context: Context<PlaceEnv>) {
  const { tx, territory } = context.get('place')
  const award = await awardOfPath(context)
  const id = context.req.param('documentId') ?? ''
  const steps = (await stepsOf(tx, territory.id, [award.id])).get(award.id) ?? []
  const isOwn = steps.some(({ documentId }) => documentId === id)
  return answerPdf(context, found(isOwn ? await documentById(tx, territory.id, id) : undefined))
}
