import { Hono } from 'hono'
import { decidedSplit } from '#allocation'
import { type Campaign, campaignOfPath, campaignsOf } from '#campaigns'
import { FiguresTable, FourFigures, seasonFigures } from '#impact'
import { canonicalJson, isRefused } from '#kit'
import { allow, found, Missing, type Place, type PlaceEnv } from '#people'
import { CheckField, InstantText, Notice, Page, Submit, Tag, typedOf } from '#platform'
import { publishSeason } from './actions.ts'
import { grantsDataset, hoursDataset } from './datasets.ts'
import { refusalsToPublish } from './rules.ts'
import { validateScdl } from './scdl/index.ts'
import { type Publication, publicationsOf } from './store.ts'

export const openDataRoutes = new Hono<PlaceEnv>()

openDataRoutes.get('/', allow('public'), async (context) =>
  context.html(await communePage(context.get('place'))),
)

openDataRoutes.get(
  '/:year{[0-9]{4}}/public',
  allow('public', 'municipality.agent'),
  async (context) => {
    const place = context.get('place')
    const campaign = await campaignOfPath(place, context)
    return context.html(await seasonPage(place, campaign))
  },
)

openDataRoutes.post(
  '/:year{[0-9]{4}}/publication',
  allow('municipality.agent'),
  async (context) => {
    const place = context.get('place')
    const campaign = await campaignOfPath(place, context)
    const { withNames } = typedOf(await context.req.formData())
    if (isRefused(await publishSeason(place, campaign, { hasNames: withNames === 'yes' })))
      return context.html(await seasonPage(place, campaign), 422)
    return context.redirect(`${place.path}/${campaign.year}/public`, 303)
  },
)

const datasets = { 'scdl.csv': grantsDataset, 'hours.csv': hoursDataset }
for (const [name, dataset] of Object.entries(datasets))
  openDataRoutes.get(
    `/:year{[0-9]{4}}/${name}`,
    allow('public', 'municipality.agent'),
    async (context) => {
      const place = context.get('place')
      const campaign = await campaignOfPath(place, context)
      await publishedAt(place, campaign)
      return context.body(await dataset(place, campaign), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${place.territory.slug}-${campaign.year}-${name}"`,
      })
    },
  )

/** What anyone needs to make the split again; without names unless the commune said otherwise. */
openDataRoutes.get(
  '/:year{[0-9]{4}}/:file{(?:problem|result)\\.json}',
  allow('public', 'municipality.agent'),
  async (context) => {
    const place = context.get('place')
    const campaign = await campaignOfPath(place, context)
    const publication = await publishedAt(place, campaign)
    const { problem, unnamed, result } = found(await decidedSplit(place.tx, campaign))
    const file = context.req.param('file')
    const named = publication?.hasNames ? problem : unnamed
    return context.body(canonicalJson(file === 'problem.json' ? named : result), 200, {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="${place.territory.slug}-${campaign.year}-${file}"`,
    })
  },
)

/** When the season was published; the agent of the commune may look before, nobody else. */
async function publishedAt(place: Place, campaign: Campaign): Promise<Publication | undefined> {
  const published = (await publicationsOf(place.tx, campaign.territoryId)).get(campaign.id)
  if (!published && place.as?.role !== 'municipality.agent') throw new Missing()
  return published
}

async function communePage(place: Place) {
  const { say, path, tx, territory } = place
  const campaigns = await campaignsOf(tx, territory.id)
  const published = await publicationsOf(tx, territory.id)
  const shown = campaigns.filter(({ state }) => state !== 'draft' && state !== 'cancelled')
  return (
    <Page frame={place.frame} title={say('open-data:communeTitle')}>
      <h1 class="ds-heading" data-size="lg">
        {say('open-data:communeTitle')}
      </h1>
      <p class="lead">{say('open-data:communeLead')}</p>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('open-data:seasons')}
        </h2>
        {shown.length === 0 && <p class="ds-paragraph">{say('open-data:noSeason')}</p>}
        <ul class="todo">
          {shown.map((campaign) => (
            <li>
              <span>
                <b>{campaign.title}</b> <Tag>{say(`campaigns:state.${campaign.state}`)}</Tag>
              </span>
              <span class="actions">
                <a class="ds-link" href={`${path}/${campaign.year}/thermometer`}>
                  {say('open-data:thermometer', { year: campaign.year })}
                </a>
                {published.has(campaign.id) && (
                  <a class="ds-link" href={`${path}/${campaign.year}/public`}>
                    {say('open-data:results', { year: campaign.year })}
                  </a>
                )}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <p>
        <a class="ds-link" href={`${path}/verify`}>
          {say('open-data:verify')}
        </a>
      </p>
    </Page>
  )
}

async function seasonPage(place: Place, campaign: Campaign) {
  const { say, language, path } = place
  const publication = await publishedAt(place, campaign)
  const figures = await seasonFigures(place.tx, campaign)
  const shown = { campaign, say, language }
  return (
    <Page frame={place.frame} title={say('open-data:title', { year: campaign.year })}>
      <div class="head">
        <div>
          <h1 class="ds-heading" data-size="lg">
            {say('open-data:title', { year: campaign.year })}
          </h1>
          <p class="lead">{say('open-data:lead')}</p>
        </div>
        {place.as?.role === 'municipality.agent' && (
          <PublishForm place={place} campaign={campaign} isPublished={publication !== undefined} />
        )}
      </div>
      <FourFigures {...shown} total={figures.total} />
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('open-data:table')}
        </h2>
        <FiguresTable {...shown} figures={figures} />
        <p class="hint">{say('open-data:indicative')}</p>
      </section>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('open-data:rule')}
        </h2>
        <p class="ds-paragraph">{say('open-data:ruleBody', ruleOf(campaign))}</p>
      </section>
      {await RecomputeCard({ place, campaign })}
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('open-data:files')}
        </h2>
        <ul class="ds-list">
          <li>
            <a class="ds-link" href={`${path}/${campaign.year}/scdl.csv`}>
              {say('open-data:scdl')}
            </a>
          </li>
          <li>
            <a class="ds-link" href={`${path}/${campaign.year}/hours.csv`}>
              {say('open-data:hours')}
            </a>
          </li>
        </ul>
        <p class="hint">{say('open-data:licence')}</p>
        {place.as?.role === 'municipality.agent' && (await SchemaCheck({ place, campaign }))}
        {publication && (
          <p class="hint">
            {say('open-data:publishedAt')}{' '}
            <InstantText value={publication.publishedAt} language={language} />
          </p>
        )}
      </section>
    </Page>
  )
}

/** The split that was decided, its digests, and the page where anyone makes it again. */
async function RecomputeCard({ place, campaign }: { place: Place; campaign: Campaign }) {
  const { say, path } = place
  const split = await decidedSplit(place.tx, campaign)
  if (!split) return null
  const parts = { problem: split.problemSha256, result: split.resultSha256 }
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('open-data:recompute')}
      </h2>
      <p class="ds-paragraph">{say('open-data:recomputeLead')}</p>
      <dl class="facts">
        {Object.entries(parts).map(([part, digest]) => (
          <>
            <dt>
              <a class="ds-link" href={`${path}/${campaign.year}/${part}.json`}>
                {say(`open-data:file.${part}`)}
              </a>
            </dt>
            <dd>
              <code>{digest}</code>
            </dd>
          </>
        ))}
      </dl>
      <p>
        <a class="ds-link" href={`${path}/recompute`}>
          {say('open-data:recomputeHere')}
        </a>
      </p>
    </section>
  )
}

/** For the agent, before anyone reads the file: what the official schema thinks of it. */
async function SchemaCheck({ place, campaign }: { place: Place; campaign: Campaign }) {
  const { say } = place
  const findings = validateScdl(await grantsDataset(place, campaign))
  if (findings.length === 0) return <Tag color="success">{say('open-data:schemaHolds')}</Tag>
  return (
    <>
      <h3 class="ds-heading" data-size="xs">
        {say('open-data:schemaFindings')}
      </h3>
      <ul class="ds-list">
        {findings.map(({ code, line, column, value }) => (
          <li>
            {line !== undefined && `${say('open-data:line', { line })} `}
            {say(`scdl:${code}`, { column, value })}
          </li>
        ))}
      </ul>
    </>
  )
}

function ruleOf(campaign: Campaign) {
  return {
    floor: campaign.floorPercent,
    low: campaign.weightLowPercent,
    high: campaign.weightHighPercent,
    cap: campaign.totalCapPercent,
  }
}

function PublishForm(props: { place: Place; campaign: Campaign; isPublished: boolean }) {
  const { place, campaign, isPublished } = props
  const { say } = place
  const refusals = refusalsToPublish(campaign)
  if (isPublished) return <Tag color="success">{say('open-data:isPublished')}</Tag>
  if (refusals.length > 0)
    return <Notice>{refusals.map((refusal) => say(refusal.code)).join(' ')}</Notice>
  return (
    <form method="post" action={`${place.path}/${campaign.year}/publication`}>
      <CheckField
        filled={{ say, typed: {}, refusals: [] }}
        name="withNames"
        label={say('open-data:withNames')}
        hint={say('open-data:withNamesHint')}
      />
      <Submit>{say('open-data:publish')}</Submit>
    </form>
  )
}
