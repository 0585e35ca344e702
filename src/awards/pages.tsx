import { type Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import { currentProposal } from '#allocation'
import { type Campaign, campaignById, campaignOfPath } from '#campaigns'
import { answerPdf, documentById, documentsOn, writeOdt } from '#documents'
import { isRefused, newId, parseDay, type Refusal, refusal } from '#kit'
import { actorOf, allow, found, organisationOf, type Place, type PlaceEnv, peopleOf } from '#people'
import { once, type Typed, typedOf } from '#platform'
import { interestsOf, isRecused } from '#review'
import { makeExecutory, recordDeliberation, undecided } from './actions/council.ts'
import { drawLetterDrafts } from './actions/letters.ts'
import { notifyAll } from './actions/notice.ts'
import { drawBrief, makeCouncilPack, packFrom } from './actions/pack.ts'
import { awardPages, showAward } from './award-pages.tsx'
import { draftBlocks } from './deliberation-drafts.ts'
import { deliberationById, deliberationsOf } from './deliberations-store.ts'
import { instalmentRoutes } from './instalments/routes.ts'
import { CouncilPage } from './pages/council-page.tsx'
import { OwnPage } from './pages/own-page.tsx'
import type { AwardReaders } from './reports/facts.ts'
import { reportRoutes } from './reports/routes.tsx'
import { awardsOf, recusalsOf } from './store.ts'
import { isTyped, readVote } from './vote-input.ts'

const councilRoutes = new Hono<PlaceEnv>()

/** What becomes of the hours is known by rooms that come later: `read` tells it. */
export function awardRoutes(read: AwardReaders): Hono<PlaceEnv> {
  return new Hono<PlaceEnv>()
    .route('/', reportRoutes(read))
    .route('/', instalmentRoutes(showAward))
    .route('/', councilRoutes)
    .route('/', awardPages)
}

const agents = allow('municipality.agent')
const council = allow('municipality.agent', 'municipality.elected')
const readers = allow(
  'municipality.agent',
  'municipality.elected',
  'municipality.finance',
  'association.representative',
  'association.member',
  'association.reader',
)
const base = '/:year{[0-9]{4}}/decisions'

councilRoutes.get(base, readers, async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const { id, kind } = organisationOf(place)
  if (kind !== 'association') return showCouncil(context, campaign, {})
  const awards = await awardsOf(place.tx, campaign)
  const own = awards.filter(({ associationId }) => associationId === id)
  return context.html(<OwnPage place={place} campaign={campaign} awards={own} />)
})

councilRoutes.post(base, agents, async (context) => {
  const place = context.get('place')
  const { tx, territory } = place
  const campaign = await campaignOfPath(place, context)
  const typed = typedOf(await context.req.formData())
  const proposal = await currentProposal(tx, campaign)
  const interests = await interestsOf(tx, territory.id)
  const { personId } = actorOf(place)
  const waiting = proposal ? undecided(proposal, await awardsOf(tx, campaign)) : []
  const lines = waiting.filter(
    // A line with a tie is not on this person's page; sent all the same, it is refused in words.
    (line) => !isRecused(interests, personId, line.associationId) || isTyped(typed, line),
  )
  const vote = readVote(typed, { lines, interests })
  const asked = { territoryId: territory.id, key: typed.once || newId(), payload: typed }
  const outcome = isRefused(vote)
    ? vote
    : await once(tx, asked, () => recordDeliberation(place, campaign, vote))
  if (isRefused(outcome))
    return showCouncil(context, campaign, { typed, refusals: outcome.refusals })
  return context.redirect(`${place.path}/${campaign.year}/decisions`, 303)
})

councilRoutes.get(`${base}/brief.pdf`, council, async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const proposal = found(await currentProposal(place.tx, campaign))
  const pdf = await drawBrief(place, campaign, proposal)
  return answerPdf(context, { kind: 'council_pack', number: `${campaign.year}-essentiel`, pdf })
})

councilRoutes.get(`${base}/letters.pdf`, agents, async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const proposal = found(await currentProposal(place.tx, campaign))
  const pdf = await drawLetterDrafts(place, campaign, proposal)
  if (isRefused(pdf)) return showCouncil(context, campaign, { refusals: pdf.refusals })
  return answerPdf(context, { kind: 'notice', number: `${campaign.year}-projets`, pdf })
})

councilRoutes.get(`${base}/deliberations.odt`, council, async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const proposal = found(await currentProposal(place.tx, campaign))
  const pack = await packFrom(place, campaign, proposal, '')
  context.header('content-type', 'application/vnd.oasis.opendocument.text')
  const fileName = `${place.territory.slug}-${campaign.year}-deliberations.odt`
  context.header('content-disposition', `attachment; filename="${fileName}"`)
  context.header('cache-control', 'private, no-store')
  const odt = writeOdt(draftBlocks(pack), { title: pack.object, at: place.now })
  return stream(context, async (out) => {
    for await (const part of odt) await out.write(part)
  })
})

councilRoutes.post(`${base}/packs`, agents, async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const typed = typedOf(await context.req.formData())
  const rapporteur = typed.rapporteur ?? ''
  const outcome = await makeCouncilPack(place, campaign, { rapporteur })
  if (isRefused(outcome)) return showCouncil(context, campaign, { refusals: outcome.refusals })
  return context.redirect(`${place.path}/${campaign.year}/decisions`, 303)
})

councilRoutes.get(`${base}/packs/:documentId`, council, async (context) => {
  const { tx, territory } = context.get('place')
  const campaign = await campaignOfPath(context.get('place'), context)
  const document = found(await documentById(tx, territory.id, context.req.param('documentId')))
  const isPack = document.kind === 'council_pack' && document.subjectId === campaign.id
  return answerPdf(context, found(isPack ? document : undefined))
})

councilRoutes.post('/deliberations/:deliberationId/execution', agents, async (context) => {
  const place = context.get('place')
  const { deliberation, campaign } = await deliberationOfPath(context)
  const typed = typedOf(await context.req.formData())
  const executoryOn = parseDay(typed.executoryOn ?? '')
  const outcome = executoryOn
    ? await makeExecutory(place, deliberation.id, { executoryOn })
    : { refusals: [refusal('awards:refused.day', { field: 'executoryOn' })] }
  if (isRefused(outcome))
    return showCouncil(context, campaign, { typed, refusals: outcome.refusals })
  return context.redirect(`${place.path}/${campaign.year}/decisions`, 303)
})

councilRoutes.post('/deliberations/:deliberationId/notices', agents, async (context) => {
  const place = context.get('place')
  const { deliberation, campaign } = await deliberationOfPath(context)
  const outcome = await notifyAll(place, deliberation.id)
  if (isRefused(outcome)) return showCouncil(context, campaign, { refusals: outcome.refusals })
  return context.redirect(`${place.path}/${campaign.year}/decisions`, 303)
})

async function deliberationOfPath(context: Context<PlaceEnv>) {
  const { tx, territory } = context.get('place')
  const id = context.req.param('deliberationId') ?? ''
  const deliberation = found(await deliberationById(tx, territory.id, id))
  return {
    deliberation,
    campaign: found(await campaignById(tx, territory.id, deliberation.campaignId)),
  }
}

async function showCouncil(
  context: Context<PlaceEnv>,
  campaign: Campaign,
  { typed = {}, refusals = [] }: { typed?: Typed; refusals?: Refusal[] },
) {
  const place = context.get('place')
  const { tx, territory } = place
  const proposal = await currentProposal(tx, campaign)
  const awards = await awardsOf(tx, campaign)
  const interests = await interestsOf(tx, territory.id)
  const { personId } = actorOf(place)
  const waiting = proposal ? undecided(proposal, awards) : []
  // CGCT L.2131-11: a member with an interest takes no part in preparing the line either.
  const lines = waiting.filter(
    ({ associationId }) => !isRecused(interests, personId, associationId),
  )
  return context.html(
    <CouncilPage
      place={place}
      campaign={campaign}
      proposal={proposal}
      lines={lines}
      hiddenCount={waiting.length - lines.length}
      deliberations={await deliberationsOf(tx, campaign)}
      awards={awards}
      recusals={awards.length > 0 ? await recusalsOf(tx, campaign) : []}
      members={
        waiting.length > 0
          ? await peopleOf(tx, territory.organisationId, 'municipality.elected')
          : []
      }
      interests={interests}
      packs={waiting.length > 0 ? await packsOf(place, campaign) : []}
      filled={{ say: place.say, typed, refusals }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

async function packsOf({ tx, territory }: Place, campaign: Campaign) {
  const documents = await documentsOn(tx, territory.id, campaign.id)
  return documents.filter(({ kind }) => kind === 'council_pack')
}
