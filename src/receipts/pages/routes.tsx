import { type Context, Hono } from 'hono'
import { campaignOfPath } from '#campaigns'
import { answerPdf, documentById } from '#documents'
import { minutes, refusal } from '#kit'
import { associationRoles, communeRoles, companyRoles, type Mission, missionsOf } from '#missions'
import { allow, found, inNameOf, Missing, type Place, type PlaceEnv } from '#people'
import { barredMinutesOf } from '../hours.ts'
import { stepOf } from '../issue.ts'
import { latestValuations, receiptById, receiptsFor } from '../store.ts'
import { receiptProof, verifyReceipt } from '../verify.ts'
import { contributionRoutes } from './contributions-routes.tsx'
import { formRoutes } from './form-routes.tsx'
import { type ListProps, ReceiptsPage } from './list.tsx'
import { proofFile, publishedDigests } from './proof.ts'
import { VerifiedPage, VerifyPage } from './verify.tsx'

export const receiptRoutes = new Hono<PlaceEnv>()

receiptRoutes.get(
  '/:year{[0-9]{4}}/receipts',
  allow(...communeRoles, ...companyRoles, ...associationRoles),
  receiptsPage,
)
receiptRoutes.get(
  '/receipts/:file{[0-9a-f-]+\\.pdf}',
  allow(...companyRoles, ...associationRoles),
  receiptPdf,
)
receiptRoutes.get('/verify', allow('public'), verifyForm)
receiptRoutes.get('/verify/digests.json', allow('public'), publishedDigests)
receiptRoutes.get('/verify/:code', allow('public'), verifiedPage)
receiptRoutes.get('/verify/:code/proof.json', allow('public'), proofFile)
receiptRoutes.route('/', contributionRoutes)
receiptRoutes.route('/', formRoutes)

type InPlace = Context<PlaceEnv>
type Part = ListProps['part']

async function receiptsPage(context: InPlace) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const part = partOf(place)
  const all = await missionsOf(place.tx, campaign)
  const missions = all.filter((mission) => isTheirs(place, part, mission))
  const ids = missions.map(({ id }) => id)
  const receipts = await receiptsFor(place.tx, place.territory.id, ids)
  const valuations = await latestValuations(place.tx, place.territory.id, ids)
  const barred = await barredMinutesOf(place, missions)
  const todo = missions.map((mission) => {
    const own = receipts.filter(({ missionId }) => missionId === mission.id)
    const mayCount = minutes(mission.approvedMinutes - (barred.get(mission.id) ?? 0n))
    return { mission, step: stepOf(mayCount, own, valuations.get(mission.id)) }
  })
  return context.html(
    <ReceiptsPage place={place} campaign={campaign} part={part} todo={todo} receipts={receipts} />,
  )
}

function partOf(place: Place): Part {
  const kind = place.as?.organisation.kind
  return kind === 'company' || kind === 'association' ? kind : 'commune'
}

function isTheirs(place: Place, part: Part, { companyId, associationId }: Mission): boolean {
  if (part === 'commune') return true
  const organisationId = part === 'company' ? companyId : associationId
  return organisationId === place.as?.organisation.id
}

/** For the two parties alone: the commune knows totals, the public what a code shows. */
async function receiptPdf(context: InPlace) {
  const place = context.get('place')
  const id = (context.req.param('file') ?? '').replace(/\.pdf$/, '')
  const receipt = found(await receiptById(place.tx, place.territory.id, id))
  const isParty =
    inNameOf(place, receipt.companyId, companyRoles) ??
    inNameOf(place, receipt.associationId, associationRoles)
  if (!isParty) throw new Missing()
  const document = await documentById(place.tx, place.territory.id, receipt.documentId)
  return answerPdf(context, found(document))
}

function verifyForm(context: InPlace) {
  const place = context.get('place')
  const code = context.req.query('code')?.trim()
  if (code) return context.redirect(`${place.path}/verify/${encodeURIComponent(code)}`, 303)
  return context.html(
    <VerifyPage place={place} filled={{ say: place.say, typed: {}, refusals: [] }} />,
  )
}

async function verifiedPage(context: InPlace) {
  const place = context.get('place')
  const code = context.req.param('code') ?? ''
  const verified = await verifyReceipt(place.tx, place.territory.id, code)
  if (verified) {
    const { receipt } = verified
    const proof = receipt && (await receiptProof(place.tx, place.territory, receipt))
    return context.html(
      <VerifiedPage place={place} verified={verified} night={proof?.digests[0]} />,
    )
  }
  const refusals = [refusal('receipts:refused.unknownCode', { field: 'code' })]
  return context.html(
    <VerifyPage place={place} filled={{ say: place.say, typed: { code }, refusals }} />,
    404,
  )
}
