import { type Context, Hono } from 'hono'
import { type Campaign, campaignOfPath } from '#campaigns'
import { formatHours } from '#kit'
import { companyRoles } from '#missions'
import { allow, organisationOf, type Place, type PlaceEnv } from '#people'
import { answerTable, Figure, Notice, Page, typedOf } from '#platform'
import { missionsToPlace, placeMissions, type ToPlace } from './actions.ts'
import { type CsrFigures, csrFiguresFrom } from './figures.ts'
import { exportedColumns, exportedLines, measures, siteName } from './files.ts'
import { PlaceForm } from './place-form.tsx'
import { quotablesOf } from './sentences.ts'
import { giftFacts } from './store.ts'
import { HoursTable, MonthTable, SiteMonthTable } from './tables.tsx'

/** A company's own season, for its CSR report. The address names no company: each reads its own. */
export const csrRoutes = new Hono<PlaceEnv>()

const BASE = '/:year{[0-9]{4}}/csr'
const company = allow(...companyRoles)

csrRoutes.get(BASE, company, async (context) =>
  context.html(<CsrPage {...(await readSeason(context))} />),
)

csrRoutes.get(`${BASE}/:file{hours\\.(?:csv|xlsx|ods)}`, company, async (context) => {
  const { place, campaign, figures } = await readSeason(context)
  return answerTable(context, {
    columns: exportedColumns(place.say),
    items: exportedLines(figures, place.say),
    name: `rse-${campaign.year}`,
    sheetName: place.say('impact:csr.title', { year: campaign.year }),
  })
})

csrRoutes.post(`${BASE}/sites`, allow('company.csr'), async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  await placeMissions(place, campaign, typedOf(await context.req.formData()))
  return context.redirect(`${place.path}/${campaign.year}/csr`, 303)
})

async function readSeason(context: Context<PlaceEnv>): Promise<Shown> {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const facts = await giftFacts(place.tx, campaign, organisationOf(place).id)
  return { place, campaign, figures: csrFiguresFrom(facts), toPlace: missionsToPlace(facts) }
}

type Shown = { place: Place; campaign: Campaign; figures: CsrFigures; toPlace: ToPlace[] }

function CsrPage(props: Shown) {
  const { place, campaign, figures } = props
  const { say, language } = place
  const title = say('impact:csr.title', { year: campaign.year })
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">{say('impact:csr.lead', { company: organisationOf(place).name })}</p>
      {figures.families.length === 0 ? (
        <Notice>{say('impact:csr.nothing')}</Notice>
      ) : (
        <>
          <section class="figures five" aria-label={say('impact:keyFigures')}>
            {measures.map((measure) => (
              <Figure
                label={say(`impact:csr.measure.${measure}`)}
                note={say(`impact:csr.note.${measure}`)}
              >
                {formatHours(figures.total[`${measure}Minutes`], language)}
              </Figure>
            ))}
          </section>
          <Quotables {...props} />
          <Tables {...props} />
        </>
      )}
    </Page>
  )
}

function Quotables({ place, campaign, figures }: Shown) {
  const { say } = place
  const quotables = quotablesOf(place, campaign, figures)
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('impact:csr.quotes')}
      </h2>
      <p class="ds-paragraph">
        {say(quotables.length > 0 ? 'impact:csr.quotesLead' : 'impact:csr.noQuote')}
      </p>
      {quotables.map(({ text, source }) => (
        <figure class="quote">
          <blockquote>{text}</blockquote>
          <figcaption class="hint">{source}</figcaption>
        </figure>
      ))}
    </section>
  )
}

function Tables({ place, campaign, figures, toPlace }: Shown) {
  const { say, path } = place
  const { families, sites, months, siteMonths, total } = figures
  const isSited = sites.some((line) => line.sites.length > 0)
  const mayPlace = place.as?.role === 'company.csr' && toPlace.length > 0
  return (
    <>
      <HoursTable
        place={place}
        title={say('impact:csr.byFamily')}
        head={say('impact:csr.family')}
        lines={families.map((line) => ({ ...line, name: say(`campaigns:family.${line.family}`) }))}
        total={total}
      />
      {isSited && (
        <HoursTable
          place={place}
          title={say('impact:csr.bySite')}
          head={say('impact:csr.site')}
          lines={sites.map((line) => ({ ...line, name: siteName(line.sites, say) }))}
          total={total}
        />
      )}
      {mayPlace && <PlaceForm {...{ place, campaign, toPlace }} />}
      {months.length > 0 && <MonthTable place={place} months={months} total={total} />}
      {isSited && sites.length > 1 && siteMonths.length > 0 && (
        <SiteMonthTable place={place} lines={siteMonths} total={total} />
      )}
      <p class="actions">
        {['csv', 'xlsx', 'ods'].map((format) => (
          <a
            class="ds-button"
            data-variant="secondary"
            href={`${path}/${campaign.year}/csr/hours.${format}`}
          >
            {say('impact:csr.file', { format: format.toUpperCase() })}
          </a>
        ))}
      </p>
    </>
  )
}
