import { Hono } from 'hono'
import { type Campaign, campaignOfPath } from '#campaigns'
import { type Cents, cents, isRefused } from '#kit'
import { reviewTotals } from '#missions'
import { allow, organisationOf, type Place, type PlaceEnv } from '#people'
import {
  AreaField,
  Euros,
  type Filled,
  InstantText,
  Notice,
  Page,
  RefusalSummary,
  Submit,
  TextField,
  typedOf,
} from '#platform'
import { submitReport } from './actions.ts'
import { csrRoutes } from './csr/pages.tsx'
import { FiguresTable, FourFigures } from './figures-table.tsx'
import { ReviewsTable } from './reviews-table.tsx'
import { type Report, reportsOf, seasonFigures } from './store.ts'

export const impactRoutes = new Hono<PlaceEnv>()

impactRoutes.route('/', csrRoutes)

const associationRoles = ['association.representative', 'association.member'] as const

impactRoutes.get(
  '/:year{[0-9]{4}}/report',
  allow('municipality.agent', 'municipality.elected', ...associationRoles),
  async (context) => {
    const place = context.get('place')
    const campaign = await campaignOfPath(place, context)
    return context.html(await reportPage(place, campaign))
  },
)

impactRoutes.post(
  '/:year{[0-9]{4}}/report',
  allow('association.representative'),
  async (context) => {
    const place = context.get('place')
    const campaign = await campaignOfPath(place, context)
    const typed = typedOf(await context.req.formData())
    const outcome = await submitReport(place, campaign, typed)
    if (!isRefused(outcome)) return context.redirect(`${place.path}/${campaign.year}/report`, 303)
    const filled = { say: place.say, typed, refusals: outcome.refusals }
    return context.html(await reportPage(place, campaign, filled), 422)
  },
)

async function reportPage(place: Place, campaign: Campaign, filled?: Filled) {
  const isAssociation = place.as?.organisation.kind === 'association'
  return isAssociation ? ownReportPage(place, campaign, filled) : wholeReportPage(place, campaign)
}

/** The commune's METIS report: the fall, the hours, the share compensated. */
async function wholeReportPage(place: Place, campaign: Campaign) {
  const { say, language } = place
  const figures = await seasonFigures(place.tx, campaign)
  const reports = await reportsOf(place.tx, campaign)
  const totals = await reviewTotals(place.tx, campaign)
  return (
    <Page frame={place.frame} title={say('impact:title', { year: campaign.year })}>
      <div class="head">
        <div>
          <h1 class="ds-heading" data-size="lg">
            {say('impact:title', { year: campaign.year })}
          </h1>
          <p class="lead">{say('impact:lead')}</p>
        </div>
        <div class="actions">
          <a
            class="ds-button"
            data-variant="secondary"
            href={`${place.path}/${campaign.year}/public`}
          >
            {say('impact:publicPage')}
          </a>
        </div>
      </div>
      <FourFigures campaign={campaign} total={figures.total} say={say} language={language} />
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('impact:byAssociation')}
        </h2>
        <FiguresTable campaign={campaign} figures={figures} say={say} language={language} />
      </section>
      <ReviewsTable place={place} totals={totals} />
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('impact:reports')}
        </h2>
        {reports.length === 0 && <p class="ds-paragraph">{say('impact:noReport')}</p>}
        {reports.map((report) => (
          <article>
            <h3 class="ds-heading" data-size="xs">
              {report.associationName}
            </h3>
            <ReportFacts place={place} report={report} />
          </article>
        ))}
      </section>
    </Page>
  )
}

async function ownReportPage(place: Place, campaign: Campaign, filled?: Filled) {
  const { say } = place
  const associationId = organisationOf(place).id
  const report = (await reportsOf(place.tx, campaign)).find(
    (known) => known.associationId === associationId,
  )
  const own = (await seasonFigures(place.tx, campaign)).lines.find(
    (line) => line.associationId === associationId,
  )
  return (
    <Page frame={place.frame} title={say('impact:ownTitle', { year: campaign.year })}>
      <h1 class="ds-heading" data-size="lg">
        {say('impact:ownTitle', { year: campaign.year })}
      </h1>
      {own && <FourFigures campaign={campaign} total={own} say={say} language={place.language} />}
      <div class="ds-card narrow">
        {report ? (
          <>
            <Notice color="success">{say('impact:received')}</Notice>
            <ReportFacts place={place} report={report} />
          </>
        ) : (
          <ReportForm
            filled={filled ?? { say, typed: {}, refusals: [] }}
            cashCents={own?.cashCents ?? cents(0)}
          />
        )}
      </div>
    </Page>
  )
}

function ReportForm({ filled, cashCents }: { filled: Filled; cashCents: Cents }) {
  const { say } = filled
  return (
    <form class="stack" method="post">
      <RefusalSummary filled={filled} />
      <p class="ds-paragraph">{say('impact:formLead')}</p>
      <TextField
        filled={filled}
        name="spent"
        label={say('impact:spent')}
        hint={say('impact:spentHint')}
        value={String(cashCents / 100n)}
        inputmode="decimal"
        suffix="€"
      />
      <AreaField
        filled={filled}
        name="whatChanged"
        label={say('impact:whatChanged')}
        hint={say('impact:whatChangedHint')}
      />
      <TextField
        filled={filled}
        name="peopleHelped"
        label={say('impact:peopleHelped')}
        hint={say('impact:peopleHelpedHint')}
        inputmode="numeric"
      />
      <Submit>{say('impact:send')}</Submit>
    </form>
  )
}

function ReportFacts({ place, report }: { place: Place; report: Report }) {
  const { say, language } = place
  return (
    <dl class="facts">
      <dt>{say('impact:spent')}</dt>
      <dd>
        <Euros value={cents(report.spentCents)} language={language} />
      </dd>
      <dt>{say('impact:whatChanged')}</dt>
      <dd>{report.whatChanged}</dd>
      {report.peopleHelped !== null && (
        <>
          <dt>{say('impact:peopleHelped')}</dt>
          <dd>{report.peopleHelped}</dd>
        </>
      )}
      <dt>{say('impact:submittedAt')}</dt>
      <dd>
        <InstantText value={report.submittedAt} language={language} />
      </dd>
    </dl>
  )
}
