import { type Context, Hono } from 'hono'
import { campaignOfPath } from '#campaigns'
import { isRefused, type Refusal } from '#kit'
import { allow, type Place, type PlaceEnv } from '#people'
import {
  type Filled,
  Page,
  RefusalSummary,
  Submit,
  TextField,
  type Typed,
  typedOf,
} from '#platform'
import { changeGrid } from './grid.ts'
import { type Grid, type GridCriterion, gridOf } from './grid-store.ts'
import { marks } from './marks.ts'
import { markInWords } from './marks-card.tsx'
import { refusalsForMarking } from './rules.ts'

/** The scoring grid: what counts, how much, and what each mark means. */
export const gridRoutes = new Hono<PlaceEnv>()

const PATH = '/:year{[0-9]{4}}/review/grid'

gridRoutes.get(PATH, allow('municipality.agent', 'municipality.elected'), (context) =>
  gridPage(context, [], {}),
)

gridRoutes.post(PATH, allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const typed = typedOf(await context.req.formData())
  const { criteria } = await gridOf(place.tx, campaign)
  const reason = (typed.reason ?? '').trim().slice(0, 500)
  const input = { reason, criteria: criteria.map((criterion) => readCriterion(criterion, typed)) }
  const outcome = await changeGrid(place, campaign, input)
  if (isRefused(outcome)) return gridPage(context, outcome.refusals, typed)
  return context.redirect(`${place.path}/${campaign.year}/review/grid`, 303)
})

function readCriterion({ id, label }: GridCriterion, typed: Typed): GridCriterion {
  const weight = (typed[`weight-${id}`] ?? '').trim()
  return {
    id,
    label,
    weight: /^\d{1,3}$/.test(weight) ? Number(weight) : Number.NaN,
    words: marks.map((mark) => (typed[`words-${id}-${mark}`] ?? '').trim().slice(0, 200)),
  }
}

async function gridPage(context: Context<PlaceEnv>, refusals: Refusal[], typed: Typed) {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  const grid = await gridOf(place.tx, campaign)
  const isOpen = refusalsForMarking(campaign.state).length === 0
  return context.html(
    <GridPage
      place={place}
      grid={grid}
      filled={{ say: place.say, typed: { ...typedOfGrid(grid), ...typed }, refusals }}
      back={`${place.path}/${campaign.year}/review`}
      mayChange={isOpen && place.as?.role === 'municipality.agent'}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

function typedOfGrid({ criteria }: Grid): Typed {
  return Object.fromEntries(
    criteria.flatMap(({ id, weight, words }) => [
      [`weight-${id}`, String(weight)],
      ...words.map((own, mark) => [`words-${id}-${mark}`, own]),
    ]),
  )
}

type GridProps = { place: Place; grid: Grid; filled: Filled; back: string; mayChange: boolean }

function GridPage({ place, grid, filled, back, mayChange }: GridProps) {
  const { say } = place
  const title = say('review:grid.title')
  return (
    <Page frame={place.frame} title={title}>
      <p>
        <a class="ds-link" href={back}>
          {say('review:file.back')}
        </a>
      </p>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say('review:grid.version', { version: grid.version })}{' '}
        {grid.reason && say('review:grid.because', { reason: grid.reason })}
      </p>
      <GridTable place={place} grid={grid} />
      {mayChange && <GridForm place={place} grid={grid} filled={filled} />}
    </Page>
  )
}

function GridTable({ place, grid }: { place: Place; grid: Grid }) {
  const { say } = place
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('review:grid.title')}>
      <table class="ds-table">
        <thead>
          <tr>
            <th scope="col">{say('review:grid.criterion')}</th>
            <th scope="col" class="num">
              {say('review:grid.weight')}
            </th>
            {marks.map((mark) => (
              <th scope="col">{mark}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.criteria.map(({ label, weight, words }) => (
            <tr>
              <th scope="row">{label}</th>
              <td class="num">{weight}</td>
              {marks.map((mark) => (
                <td>{markInWords(say, mark, words).replace(/^\d — /, '')}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function GridForm({ place, grid, filled }: { place: Place; grid: Grid; filled: Filled }) {
  const { say } = place
  return (
    <details open={filled.refusals.length > 0}>
      <summary>{say('review:grid.change')}</summary>
      <form class="stack narrow" method="post">
        <RefusalSummary filled={filled} />
        <p class="hint">{say('review:grid.changeHint')}</p>
        {grid.criteria.map(({ id, label }) => (
          <fieldset class="stack">
            <legend>{label}</legend>
            <TextField
              filled={filled}
              name={`weight-${id}`}
              label={say('review:grid.weight')}
              inputmode="numeric"
            />
            {marks.map((mark) => (
              <TextField
                filled={filled}
                name={`words-${id}-${mark}`}
                label={say('review:grid.wordsFor', { mark })}
                hint={say(`review:mark.${mark}`)}
              />
            ))}
          </fieldset>
        ))}
        <TextField
          filled={filled}
          name="reason"
          label={say('review:grid.reason')}
          hint={say('review:grid.reasonHint')}
        />
        <Submit>{say('review:grid.save')}</Submit>
      </form>
    </details>
  )
}
