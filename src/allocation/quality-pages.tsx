import { type Context, Hono } from 'hono'
import { campaignOfPath } from '#campaigns'
import { actorOf, allow, found, type Place, type PlaceEnv } from '#people'
import { Notice, OnceKey, once, Page, typedOf } from '#platform'
import { keepScenario } from './actions.ts'
import { changesBetween, givenIn } from './changes.ts'
import { ChangesList } from './changes-list.tsx'
import { type Result, ratioValue } from './engine/index.ts'
import { askedIn } from './facts.ts'
import { hiddenFrom } from './hidden.ts'
import { linesOf, type Split } from './lines.ts'
import { percentText } from './percent.ts'
import { forgetRun, type QualityOutcome, type QualityRun, qualityRun } from './quality-runs.ts'

/** Where an agent waits for a split in quality mode, stops it, or keeps it. */
export const qualityRoutes = new Hono<PlaceEnv>()

const agents = allow('municipality.agent')
const here = '/:year{[0-9]{4}}/allocation/quality/:runId'

qualityRoutes.get(here, agents, async (context) => {
  const { place, run } = await runOfPath(context)
  // Without JavaScript too: the page asks for itself again until there is an answer.
  if (run.outcome === undefined) context.header('refresh', '2')
  const view = { place, run, href: context.req.path, hidden: await hiddenFrom(place) }
  return context.html(<QualityPage {...view} />)
})

qualityRoutes.post(`${here}/cancellation`, agents, async (context) => {
  const { season, run } = await runOfPath(context)
  forgetRun(run.id)
  return context.redirect(season, 303)
})

qualityRoutes.post(`${here}/scenario`, agents, async (context) => {
  const { place, campaign, season, run } = await runOfPath(context)
  const { outcome, variant } = run
  if (outcome === undefined || outcome === 'failed') return context.redirect(context.req.path, 303)
  const typed = typedOf(await context.req.formData())
  const asked = { territoryId: place.territory.id, key: typed.once ?? '', payload: run.id }
  const { id } = await once(place.tx, asked, () =>
    keepScenario(place, campaign, { ...variant, split: outcome.split }),
  )
  return context.redirect(`${season}/${id}`, 303)
})

async function runOfPath(context: Context<PlaceEnv>) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const { personId } = actorOf(place)
  const owner = { territoryId: place.territory.id, campaignId: campaign.id, personId }
  const run = found(qualityRun(context.req.param('runId') ?? '', owner))
  return { place, campaign, run, season: `${place.path}/${campaign.year}/allocation` }
}

type View = { place: Place; run: QualityRun; href: string; hidden: Set<string> }

function QualityPage(view: View) {
  const { place, run } = view
  const { say } = place
  const { outcome } = run
  return (
    <Page frame={place.frame} title={say('scenarios:quality.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('scenarios:quality.title')}
      </h1>
      {outcome === undefined && <Waiting {...view} />}
      {outcome === 'failed' && <Notice color="danger">{say('scenarios:quality.failed')}</Notice>}
      {outcome !== undefined && outcome !== 'failed' && <Gain {...view} outcome={outcome} />}
    </Page>
  )
}

function Waiting({ place: { say, now }, run, href }: View) {
  const seconds = Math.max(0, Math.round((now.getTime() - run.startedAt.getTime()) / 1000))
  return (
    <section class="ds-card stack narrow">
      <p class="ds-paragraph" role="status">
        {say('scenarios:quality.waiting', { count: seconds })}
      </p>
      <progress aria-label={say('scenarios:live.progress')} />
      <form method="post" action={`${href}/cancellation`}>
        <button class="ds-button" data-variant="secondary" type="submit">
          {say('scenarios:live.cancel')}
        </button>
      </form>
    </section>
  )
}

type Found = Exclude<QualityOutcome, 'failed'>

/** What the wait was worth: against the usual split of the same problem. */
function Gain({ place, run, href, hidden, outcome: { split, usual } }: View & { outcome: Found }) {
  const { say, language } = place
  const linesIn = (one: Split) => givenIn(linesOf(one, askedIn(run.facts)))
  const changes = changesBetween(linesIn({ ...split, result: usual }), linesIn(split)).filter(
    ({ associationId }) => !hidden.has(associationId),
  )
  const figures = (result: Result) => ({
    level: percentText(Math.min(...result.lines.map(ratioValue)), language),
    share: percentText(result.deliveredCents / Math.max(1, result.relaxedCents), language),
  })
  const [before, after] = [figures(usual), figures(split.result)]
  return (
    <section class="ds-card stack">
      <p class="ds-paragraph">
        {say('scenarios:quality.gain', {
          levelBefore: before.level,
          level: after.level,
          shareBefore: before.share,
          share: after.share,
        })}
      </p>
      <ChangesList changes={changes} words={place} />
      <form method="post" action={`${href}/scenario`}>
        <OnceKey />
        <button class="ds-button" type="submit">
          {say('scenarios:keepLine')}
        </button>
      </form>
    </section>
  )
}
