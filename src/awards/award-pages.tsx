import { type Context, Hono } from 'hono'
import { scenarioOf } from '#allocation'
import { campaignById } from '#campaigns'
import {
  answerPdf,
  ceremonyOn,
  completedFile,
  documentById,
  evidenceOf,
  grantAgreementPdf,
  isSealed,
  signatureEvidencePdf,
  signaturesOf,
} from '#documents'
import {
  cents,
  dayOf,
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
import { partyOf, prepareAgreement, signAgreement } from './actions/agreement.ts'
import { answerAward, openNotice } from './actions/answer.ts'
import { recordPayment } from './actions/payment.ts'
import { awardOfPath } from './award-of-path.ts'
import { instalmentsOf, paymentsOf } from './course-store.ts'
import { deliberationById } from './deliberations-store.ts'
import { payFactsOf } from './instalments/actions.ts'
import { splits } from './instalments/form.ts'
import { isWaiting } from './instalments/rules.ts'

import type { Answering } from './pages/answer-card.tsx'
import { AwardPage } from './pages/award-page.tsx'
import { issuerOf, lapsedHours, revivedAgreement } from './papers.ts'

import type { NewPayment } from './rules.ts'
import type { Award } from './store.ts'
import { thresholdsOf } from './thresholds.ts'

/** One decision and its papers. */
export const awardPages = new Hono<PlaceEnv>()

const agents = allow('municipality.agent')
const payers = allow('municipality.agent', 'municipality.finance')
const readers = allow(
  'municipality.agent',
  'municipality.elected',
  'municipality.finance',
  'association.representative',
  'association.member',
  'association.reader',
)
const signatories = allow(
  'municipality.agent',
  'municipality.elected',
  'association.representative',
)
const associations = allow('association.representative', 'association.member')
const representatives = allow('association.representative')
const base = '/decisions/:awardId'

awardPages.get(base, readers, async (context) => {
  return showAward(context, await awardOfPath(context), {})
})

awardPages.get(`${base}/notice.pdf`, readers, async (context) => {
  const { tx, territory } = context.get('place')
  const { noticeDocumentId = '' } = await awardOfPath(context)
  return answerPdf(context, found(await documentById(tx, territory.id, noticeDocumentId)))
})

awardPages.get(`${base}/agreement.pdf`, readers, async (context) => {
  const { tx, territory } = context.get('place')
  const { agreementDocumentId = '' } = await awardOfPath(context)
  const document = found(await documentById(tx, territory.id, agreementDocumentId))
  const signatures = await signaturesOf(tx, territory.id, document.id)
  if (signatures.length === 0) return answerPdf(context, document)
  // What was signed stays as sealed; this copy shows the signatures that were given on it.
  const signedBy = (party: string) => {
    const own = signatures.find((signature) => signature.party === party)
    return own && { name: own.signatoryName, on: dayOf(own.signedAt) }
  }
  const [commune, association] = [signedBy('municipality'), signedBy('association')]
  const signed = { ...(commune && { commune }), ...(association && { association }) }
  const content = revivedAgreement(document.content)
  const pdf = grantAgreementPdf({ ...content, reference: document.number, signed })
  return answerPdf(context, { ...document, pdf })
})

/** What both signed, byte for byte, with the seal after it: what holds before a judge. */
awardPages.get(`${base}/sealed.pdf`, readers, async (context) => {
  const { tx, territory } = context.get('place')
  const { agreementDocumentId } = await awardOfPath(context)
  const file = await completedFile(tx, territory.id, found(agreementDocumentId))
  return answerPdf(context, found(file.isSealed ? file : undefined))
})

/** Looking writes nothing: the association says that it takes its letter by this button, which then gives way to its link. */
awardPages.post(`${base}/opening`, associations, async (context) => {
  const award = await awardOfPath(context)
  await openNotice(context.get('place'), award.id)
  return context.redirect(`${context.get('place').path}/decisions/${award.id}`, 303)
})

awardPages.post(`${base}/answer`, representatives, async (context) => {
  const award = await awardOfPath(context)
  const typed = typedOf(await context.req.formData())
  const words = typed.words?.trim() ?? ''
  const outcome =
    typed.answer === 'accepted' || typed.answer === 'declined'
      ? await answerAward(context.get('place'), award.id, { answer: typed.answer, words })
      : { refusals: [refusal('awards:refused.noAnswer')] }
  return answer(context, award, typed, outcome)
})

awardPages.get(`${base}/evidence.json`, readers, async (context) => {
  const { tx, territory } = context.get('place')
  const { agreementDocumentId } = await awardOfPath(context)
  context.header('cache-control', 'private, no-store')
  return context.json(await evidenceOf(tx, territory.id, found(agreementDocumentId)))
})

awardPages.get(`${base}/evidence.pdf`, readers, async (context) => {
  const place = context.get('place')
  const { agreementDocumentId } = await awardOfPath(context)
  const evidence = await evidenceOf(place.tx, place.territory.id, found(agreementDocumentId))
  const pdf = signatureEvidencePdf(await issuerOf(place), evidence, place.now)
  const number = `${evidence.document.number}-preuve`
  const reason = place.say('awards:paper.evidenceSeal')
  const sealed = await place.seal.on(pdf, { reason, at: place.now })
  return answerPdf(context, { kind: 'grant_agreement', number, pdf: sealed })
})

awardPages.post(`${base}/agreement`, agents, async (context) => {
  const award = await awardOfPath(context)
  return answer(context, award, {}, await prepareAgreement(context.get('place'), award.id))
})

awardPages.post(`${base}/signature`, signatories, async (context) => {
  const award = await awardOfPath(context)
  const typed = typedOf(await context.req.formData())
  const capacity = typed.capacity ?? ''
  return answer(
    context,
    award,
    typed,
    await signAgreement(context.get('place'), award.id, { capacity }),
  )
})

awardPages.post(`${base}/payments`, payers, async (context) => {
  const place = context.get('place')
  const award = await awardOfPath(context)
  const typed = typedOf(await context.req.formData())
  const payment = readPayment(typed)
  const asked = { territoryId: place.territory.id, key: typed.once || newId(), payload: typed }
  const outcome = isRefused(payment)
    ? payment
    : await once(place.tx, asked, () => recordPayment(place, award.id, payment))
  return answer(context, award, typed, outcome)
})

function readPayment(typed: Typed): NewPayment | Refused {
  const refusals: Refusal[] = []
  const paidCents = parseEuros(typed.paidCents ?? '')
  const paidOn = parseDay(typed.paidOn ?? '')
  if (paidCents === undefined)
    refusals.push(refusal('awards:refused.amount', { field: 'paidCents' }))
  if (!paidOn) refusals.push(refusal('awards:refused.day', { field: 'paidOn' }))
  if (refusals.length > 0 || !paidOn) return { refusals }
  return { paidCents: paidCents ?? cents(0), paidOn, orderNumber: (typed.orderNumber ?? '').trim() }
}

function answer(
  context: Context<PlaceEnv>,
  award: Award,
  typed: Typed,
  outcome: { id: string } | Refused,
) {
  if (isRefused(outcome)) return showAward(context, award, { typed, refusals: outcome.refusals })
  return context.redirect(`${context.get('place').path}/decisions/${award.id}`, 303)
}

export type ShowAward = typeof showAward

export async function showAward(
  context: Context<PlaceEnv>,
  award: Award,
  { typed = {}, refusals = [] }: { typed?: Typed; refusals?: Refusal[] },
) {
  const place = context.get('place')
  const { tx, territory } = place
  const isAgent = place.as?.role === 'municipality.agent'
  const isPayer = isAgent || place.as?.role === 'municipality.finance'
  const isCommune = place.as?.organisation.kind === 'municipality'
  const signatures = award.agreementDocumentId
    ? await signaturesOf(tx, territory.id, award.agreementDocumentId)
    : []
  const instalments = await instalmentsOf(tx, territory.id, [award.id])
  const filled = { say: place.say, typed, refusals }
  const isLeft = award.notifiedAt !== undefined && award.paidCents < award.cashCents
  return context.html(
    <AwardPage
      place={place}
      award={award}
      payments={await paymentsOf(tx, territory.id, award.id)}
      schedule={{
        place,
        award,
        instalments,
        payFacts: found((await payFactsOf(place, [award])).get(award.id)),
        split: splits.find((split) => split === context.req.query('split')) ?? 'once',
        mayAct: isAgent,
        filled,
      }}
      signatures={signatures}
      ceremony={await ceremonyOn(place, award.agreementDocumentId)}
      isSealed={
        signatures.length > 1 && (await isSealed(tx, territory.id, award.agreementDocumentId ?? ''))
      }
      maySignFor={partyToSign(place, award, signatures)}
      reasons={await shownReasons(place, award)}
      thresholds={isCommune ? await thresholdsOf(place, award) : []}
      mayPay={isPayer && isLeft && !instalments.some(isWaiting)}
      mayPrepare={isAgent && award.isAdopted && award.notifiedAt !== undefined}
      answering={answeringOf(place, award, signatures)}
      filled={filled}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

/** Signing the agreement, or being paid, says yes louder than a button. */
function answeringOf(place: Place, award: Award, signatures: { party: string }[]): Answering {
  if (award.answer) return 'answered'
  if (award.paidCents > 0n || signatures.some(({ party }) => party === 'association'))
    return 'bound'
  return place.as?.role === 'association.representative' ? 'asked' : 'awaited'
}

/** As the scenario of the vote explains them, in the language of the screen. */
async function shownReasons(place: Place, award: Award): Promise<string[]> {
  const { tx, territory, language, say } = place
  if (!award.isAdopted) return []
  const campaign = found(await campaignById(tx, territory.id, award.campaignId))
  const deliberation = found(await deliberationById(tx, territory.id, award.deliberationId))
  const scenario = await scenarioOf(tx, campaign, deliberation.scenarioId)
  const line = scenario?.lines.find(({ applicationId }) => applicationId === award.applicationId)
  return line ? [...lapsedHours(award, line, say), ...line.reasons[language]] : []
}

function partyToSign(place: Place, award: Award, signatures: { party: string }[]) {
  if (!signatories.who.some((role) => role === place.as?.role)) return undefined
  if (place.as?.role === 'association.member') return undefined
  if (award.answer?.answer === 'declined') return undefined
  const party = partyOf(place, award)
  return signatures.some((signature) => signature.party === party) ? undefined : party
}
