import { type Context, Hono } from 'hono'
import { type Campaign, campaignOfPath } from '#campaigns'
import { isRefused, type Refusal } from '#kit'
import { allow, type Place, type PlaceEnv } from '#people'
import {
  CheckField,
  type Filled,
  Page,
  RefusalSummary,
  Submit,
  TextField,
  type Typed,
  typedOf,
} from '#platform'
import { type ReviewSettings, reviewerRoles } from './marks.ts'
import { refusalsForMarking } from './rules.ts'
import { changeSettings, reviewersOf } from './settings.ts'
import { settingsOf } from './settings-store.ts'

/** Whose marks are waited for, and from which gap reviewers talk. */
export const settingsRoutes = new Hono<PlaceEnv>()

const PATH = '/:year{[0-9]{4}}/review/panel'

settingsRoutes.get(PATH, allow(...reviewerRoles), (context) => settingsPage(context, []))

settingsRoutes.post(PATH, allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const typed = typedOf(await context.req.formData())
  const outcome = await changeSettings(place, campaign, readSettings(typed))
  if (isRefused(outcome)) return settingsPage(context, outcome.refusals, typed)
  return context.redirect(`${place.path}/${campaign.year}/review/panel`, 303)
})

function readSettings(typed: Typed): ReviewSettings {
  const whole = (name: string) => {
    const text = (typed[name] ?? '').trim()
    return /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  }
  const panel = Object.entries(typed).flatMap(([name, value]) =>
    name.startsWith('panel-') && value === 'yes' ? name.slice('panel-'.length) : [],
  )
  return { gapPoints: whole('gapPoints'), gapMarks: whole('gapMarks'), panel }
}

async function settingsPage(context: Context<PlaceEnv>, refusals: Refusal[], typed?: Typed) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const settings = await settingsOf(place.tx, campaign)
  const isOpen = refusalsForMarking(campaign.state).length === 0
  return context.html(
    <SettingsPage
      place={place}
      campaign={campaign}
      settings={settings}
      reviewers={await reviewersOf(place)}
      filled={{ say: place.say, typed: typed ?? typedOfSettings(settings), refusals }}
      mayChange={isOpen && place.as?.role === 'municipality.agent'}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

function typedOfSettings({ gapPoints, gapMarks, panel }: ReviewSettings): Typed {
  const ticked = Object.fromEntries(panel.map((id) => [`panel-${id}`, 'yes']))
  return { gapPoints: String(gapPoints), gapMarks: String(gapMarks), ...ticked }
}

type Props = {
  place: Place
  campaign: Campaign
  settings: ReviewSettings
  reviewers: { id: string; name: string }[]
  filled: Filled
  mayChange: boolean
}

function SettingsPage({ place, campaign, settings, reviewers, filled, mayChange }: Props) {
  const { say } = place
  const title = say('review:panel.title')
  const names = reviewers.filter(({ id }) => settings.panel.includes(id)).map(({ name }) => name)
  return (
    <Page frame={place.frame} title={title}>
      <p>
        <a class="ds-link" href={`${place.path}/${campaign.year}/review`}>
          {say('review:file.back')}
        </a>
      </p>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">{say('review:panel.lead')}</p>
      {mayChange ? (
        <SettingsForm reviewers={reviewers} filled={filled} />
      ) : (
        <>
          <p>
            {names.length > 0
              ? say('review:panel.names', { names: names.join(', ') })
              : say('review:panel.nobody')}
          </p>
          <p>
            {say('review:panel.figures', { points: settings.gapPoints, marks: settings.gapMarks })}
          </p>
        </>
      )}
    </Page>
  )
}

function SettingsForm({ reviewers, filled }: Pick<Props, 'reviewers' | 'filled'>) {
  const { say, refusals } = filled
  const own = refusals.filter(({ field }) => field === 'panel')
  return (
    <form class="stack narrow ds-card" method="post">
      <RefusalSummary filled={filled} />
      <fieldset class="stack" id="panel" tabindex={-1}>
        <legend>{say('review:panel.who')}</legend>
        <p class="hint">{say('review:panel.whoHint')}</p>
        {own.map(({ code }) => (
          <p class="ds-validation-message" data-color="danger">
            {say(code)}
          </p>
        ))}
        {reviewers.map(({ id, name }) => (
          <CheckField filled={filled} name={`panel-${id}`} label={name} />
        ))}
      </fieldset>
      <TextField
        filled={filled}
        name="gapPoints"
        inputmode="numeric"
        label={say('review:panel.gapPoints')}
        hint={say('review:panel.gapPointsHint')}
      />
      <TextField
        filled={filled}
        name="gapMarks"
        inputmode="numeric"
        label={say('review:panel.gapMarks')}
        hint={say('review:panel.gapMarksHint')}
      />
      <Submit>{say('review:panel.save')}</Submit>
    </form>
  )
}
