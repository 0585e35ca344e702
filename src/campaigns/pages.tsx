import { type Context, Hono } from 'hono'
import { isRefused, type Refusal, yearOf } from '#kit'
import { allow, found, type Place, type PlaceEnv } from '#people'
import { type Filled, Page, Tag, type Typed, typedOf } from '#platform'
import {
  campaignOfPath,
  changeSettings,
  copyCampaign,
  createCampaign,
  enterState,
  progressOf,
} from './actions.ts'
import { readSettings, typedFrom } from './form.ts'
import { type Campaign, families, proposedFigures } from './rules.ts'
import { SeasonPage } from './season-page.tsx'
import { SettingsForm } from './settings-form.tsx'
import { type CampaignState, states } from './states.ts'
import { campaignsOf, settingsOf } from './store.ts'

export const campaignRoutes = new Hono<PlaceEnv>()

campaignRoutes.get('/campaigns', allow('municipality.agent', 'municipality.elected'), listSeasons)

campaignRoutes.get('/campaigns/new', allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const typed = await proposedTyped(place)
  return settingsPage(context, { action: `${place.path}/campaigns`, typed, refusals: [] })
})

campaignRoutes.post('/campaigns', allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const typed = typedOf(await context.req.formData())
  const read = readSettings(typed)
  const outcome = isRefused(read) ? read : await createCampaign(place, read)
  if (isRefused(outcome))
    return settingsPage(context, { action: `${place.path}/campaigns`, typed, ...outcome })
  return context.redirect(`${place.path}/${typed.year}`, 303)
})

campaignRoutes.get(
  '/:year{[0-9]{4}}',
  allow('municipality.agent', 'municipality.elected'),
  async (context) => seasonPage(context, await campaignOfPath(context.get('place'), context), []),
)

campaignRoutes.get('/:year{[0-9]{4}}/settings', allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const draft = found(campaign.state === 'draft' ? campaign : undefined)
  const typed = typedFrom(await settingsOf(place.tx, draft))
  return settingsPage(context, { action: context.req.path, typed, refusals: [] })
})

campaignRoutes.post('/:year{[0-9]{4}}/settings', allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const typed = typedOf(await context.req.formData())
  const read = readSettings(typed)
  const outcome = isRefused(read) ? read : await changeSettings(place, campaign, read)
  if (isRefused(outcome))
    return settingsPage(context, { action: context.req.path, typed, ...outcome })
  return context.redirect(`${place.path}/${typed.year}`, 303)
})

campaignRoutes.post('/:year{[0-9]{4}}/states', allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const typed = typedOf(await context.req.formData())
  const state = found(stateFrom(typed.state))
  const outcome = await enterState(place, campaign, state)
  if (isRefused(outcome)) return seasonPage(context, campaign, outcome.refusals)
  return context.redirect(`${place.path}/${campaign.year}`, 303)
})

campaignRoutes.post('/:year{[0-9]{4}}/copies', allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const year = Number(typedOf(await context.req.formData()).year)
  const outcome = await copyCampaign(place, campaign, { year })
  if (isRefused(outcome)) return seasonPage(context, campaign, outcome.refusals)
  return context.redirect(`${place.path}/${year}`, 303)
})

async function listSeasons(context: Context<PlaceEnv>) {
  const place = context.get('place')
  const { say, path } = place
  const campaigns = await campaignsOf(place.tx, place.territory.id)
  return context.html(
    <Page frame={place.frame} title={say('campaigns:list.title')}>
      <div class="head">
        <h1 class="ds-heading" data-size="lg">
          {say('campaigns:list.title')}
        </h1>
        {place.as?.role === 'municipality.agent' && (
          <a class="ds-button" href={`${path}/campaigns/new`}>
            {say('campaigns:list.new')}
          </a>
        )}
      </div>
      {campaigns.length === 0 && <p class="lead">{say('campaigns:list.none')}</p>}
      <ul class="todo">
        {campaigns.map(({ year, title, state }) => (
          <li>
            <a class="ds-link" href={`${path}/${year}`}>
              {title}
            </a>
            <Tag>{say(`campaigns:state.${state}`)}</Tag>
          </li>
        ))}
      </ul>
    </Page>,
  )
}

async function seasonPage(context: Context<PlaceEnv>, campaign: Campaign, refusals: Refusal[]) {
  const place = context.get('place')
  const { say, tx, path, language } = place
  const filled: Filled = { say, typed: {}, refusals }
  const { confirmedMinutes } = await progressOf(place, campaign)
  const season = {
    campaign,
    settings: await settingsOf(tx, campaign),
    confirmedMinutes,
    path,
    language,
    filled,
    mayChange: place.as?.role === 'municipality.agent',
  }
  return context.html(
    <Page frame={place.frame} title={campaign.title}>
      <SeasonPage {...season} />
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

function settingsPage(
  context: Context<PlaceEnv>,
  { action, typed, refusals }: { action: string; typed: Typed; refusals: Refusal[] },
) {
  const { say, frame } = context.get('place')
  return context.html(
    <Page frame={frame} title={say('campaigns:form.heading')}>
      <h1 class="ds-heading" data-size="lg">
        {say('campaigns:form.heading')}
      </h1>
      <p class="lead">{say('campaigns:form.lead')}</p>
      <div class="narrow ds-card">
        <SettingsForm filled={{ say, typed, refusals }} action={action} />
      </div>
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

/** The next season without one, with usual figures that the agent corrects. */
async function proposedTyped({ tx, territory, today, say }: Place): Promise<Typed> {
  const [latest] = await campaignsOf(tx, territory.id)
  const year = latest ? latest.year + 1 : yearOf(today) + 1
  return typedFrom({
    ...proposedFigures(year),
    title: say('campaigns:proposed.title', { year }),
    envelopes: [],
    families: [...families],
    criteria: [
      { label: say('campaigns:proposed.need'), weight: 40 },
      { label: say('campaigns:proposed.project'), weight: 40 },
      { label: say('campaigns:proposed.local'), weight: 20 },
    ],
  })
}

function stateFrom(text: string | undefined): CampaignState | undefined {
  return [...states, 'cancelled' as const].find((state) => state === text)
}
