import { type Context, Hono } from 'hono'
import { campaignById, familiesOf } from '#campaigns'
import { isRefused, type Refusal } from '#kit'
import { allow, found, organisationOf, type PlaceEnv } from '#people'
import { once, Page, type Typed, typedOf } from '#platform'
import { readPledges } from '../form.ts'
import { PledgeForm } from '../pledge-form.tsx'
import { declineDraft, openDraft, promiseDraft } from './actions.ts'
import type { Draft } from './store.ts'

/** What the commune wrote for a company: the company alone makes a pledge of it. */
export const draftRoutes = new Hono<PlaceEnv>()

draftRoutes.get('/pledges/drafts/:id', allow('company.csr'), async (context) => {
  const draft = await openDraft(context.get('place'), context.req.param('id'))
  return draftPage(context, draft, { typed: draft.answers, refusals: [] })
})

draftRoutes.post('/pledges/drafts/:id/promise', allow('company.csr'), async (context) => {
  const place = context.get('place')
  const draftId = context.req.param('id')
  const { once: key = '', ...typed } = typedOf(await context.req.formData())
  const asked = {
    territoryId: place.territory.id,
    key,
    payload: { ...typed, draftId, of: organisationOf(place).id },
  }
  const outcome = await once(place.tx, asked, async () => {
    const draft = await openDraft(place, draftId)
    const campaign = found(await campaignById(place.tx, draft.territoryId, draft.campaignId))
    const openFamilies = await familiesOf(place.tx, campaign)
    const read = readPledges(typed, campaign, { openFamilies, today: place.today })
    return isRefused(read) ? read : promiseDraft(place, draftId, read)
  })
  if (isRefused(outcome))
    return draftPage(context, await openDraft(place, draftId), { typed, ...outcome })
  return context.redirect(`${place.path}/pledges/${outcome.ids[0]}`, 303)
})

draftRoutes.post('/pledges/drafts/:id/refusal', allow('company.csr'), async (context) => {
  const place = context.get('place')
  const draft = await openDraft(place, context.req.param('id'))
  const campaign = found(await campaignById(place.tx, draft.territoryId, draft.campaignId))
  await declineDraft(place, draft.id)
  return context.redirect(`${place.path}/${campaign.year}/pledges`, 303)
})

async function draftPage(
  context: Context<PlaceEnv>,
  draft: Draft,
  answers: { typed: Typed; refusals: Refusal[] },
) {
  const { say, path, tx, frame } = context.get('place')
  const campaign = found(await campaignById(tx, draft.territoryId, draft.campaignId))
  const families = await familiesOf(tx, campaign)
  const address = `${path}/pledges/drafts/${draft.id}`
  const filled = { say, ...answers }
  return context.html(
    <Page frame={frame} title={say('pledge-files:draft.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('pledge-files:draft.title')}
      </h1>
      <p class="lead">{say('pledge-files:draft.lead')}</p>
      <section class="ds-card">
        <PledgeForm {...{ filled, campaign, families }} action={`${address}/promise`} />
      </section>
      <form class="ds-card stack narrow" method="post" action={`${address}/refusal`}>
        <h2 class="ds-heading" data-size="sm">
          {say('pledge-files:draft.decline')}
        </h2>
        <p class="hint">{say('pledge-files:draft.declineHint')}</p>
        <button class="ds-button" data-variant="secondary" type="submit">
          {say('pledge-files:draft.declineButton')}
        </button>
      </form>
    </Page>,
    answers.refusals.length > 0 ? 422 : 200,
  )
}
