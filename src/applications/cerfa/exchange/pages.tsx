import { type Context, Hono } from 'hono'
import { note } from '#journal'
import { isRefused, type Refusal } from '#kit'
import { allow, deed, type Place, type PlaceEnv } from '#people'
import { type Filled, Notice, Page, RefusalSummary, Submit } from '#platform'
import { labelOf } from '../../draft-words.ts'
import { BackToFile } from '../../section-page.tsx'
import { filePathOf, openDraft, openFile } from '../../views.ts'
import { wholeFile } from '../load.ts'
import { exportedText } from './export.ts'
import { type ImportReport, importFile } from './import.ts'

/** A file as JSON, out and in. */
export const exchangeRoutes = new Hono<PlaceEnv>()

const readers = allow('association.representative', 'association.member', 'municipality.agent')
const preparers = allow('association.representative', 'association.member')
const BYTES_MAX = 1_000_000

exchangeRoutes.get('/applications/:id/cerfa.json', readers, async (context) => {
  const place = context.get('place')
  const { application } = await openFile(place, context.req.param('id'))
  const text = exportedText(await wholeFile(place.tx, application))
  return context.body(text, 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="cerfa-12156-${application.id}.json"`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
})

exchangeRoutes.get('/applications/:id/import', preparers, (context) => importPage(context, []))

exchangeRoutes.post('/applications/:id/import', preparers, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  await openDraft(place, id)
  const file = (await context.req.formData()).get('file')
  const isFit = file instanceof File && file.size > 0 && file.size <= BYTES_MAX
  if (!isFit) return importPage(context, [{ code: 'cerfa:refused.noFile', field: 'file' }])
  const outcome = await importFile(place, id, await file.text())
  if (isRefused(outcome)) return importPage(context, outcome.refusals)
  const details = { kept: outcome.keptCount }
  await note(place.tx, { ...deed(place), action: 'application.imported', subjectId: id, details })
  return context.redirect(`${filePathOf(place.path, id)}/import?${queryOf(outcome)}`, 303)
})

/** The report travels in the address: names of answers, never what they say. */
function queryOf({ keptCount, left, unread, unknown }: ImportReport): string {
  const list = (names: string[]) =>
    names
      .slice(0, NAMES_MAX)
      .map((name) => name.slice(0, 60))
      .join(',')
  return new URLSearchParams({
    kept: String(keptCount),
    left: list(left),
    unread: list(unread),
    unknown: list(unknown),
  }).toString()
}

const NAMES_MAX = 30

async function importPage(context: Context<PlaceEnv>, refusals: Refusal[]) {
  const place = context.get('place')
  const { application } = await openDraft(place, context.req.param('id') ?? '')
  const asked = (name: string) => (context.req.query(name) ?? '').split(',').filter(Boolean)
  const kept = context.req.query('kept')
  const report = kept !== undefined && {
    keptCount: Number.parseInt(kept, 10) || 0,
    left: asked('left'),
    unread: asked('unread'),
    unknown: asked('unknown'),
  }
  return context.html(
    <ImportPage
      place={place}
      filePath={filePathOf(place.path, application.id)}
      filled={{ say: place.say, typed: {}, refusals }}
      report={report || undefined}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

function ImportPage({
  place,
  filePath,
  filled,
  report,
}: {
  place: Place
  filePath: string
  filled: Filled
  report: ImportReport | undefined
}) {
  const { say } = place
  const title = say('cerfa:import.title')
  const reason = filled.refusals.find(({ field }) => field === 'file')
  return (
    <Page frame={place.frame} title={title}>
      <BackToFile say={say} filePath={filePath} />
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        {report && <Report place={place} report={report} />}
        <p>{say('cerfa:import.lead')}</p>
        <form
          class="stack"
          method="post"
          action={`${filePath}/import`}
          enctype="multipart/form-data"
        >
          <RefusalSummary filled={filled} />
          <div class="ds-field">
            <label class="ds-label" for="file">
              {say('cerfa:import.file')}
            </label>
            <input
              class="ds-input"
              type="file"
              id="file"
              name="file"
              accept=".json,application/json"
              aria-describedby={reason ? 'file-reason' : undefined}
              aria-invalid={reason ? 'true' : undefined}
            />
            {reason && (
              <p class="ds-validation-message" data-color="danger" id="file-reason">
                {say(reason.code)}
              </p>
            )}
          </div>
          <Submit>{say('cerfa:import.button')}</Submit>
        </form>
        <p>
          <a class="ds-link" href={`${filePath}/cerfa.json`}>
            {say('cerfa:import.export')}
          </a>
        </p>
      </div>
    </Page>
  )
}

function Report({
  place: { say },
  report: { keptCount, left, unread, unknown },
}: {
  place: Place
  report: ImportReport
}) {
  const named = (name: string) =>
    name === 'hours' ? say('applications:task.needs') : labelOf(say, name)
  return (
    <>
      <Notice color={unread.length + unknown.length > 0 ? 'warning' : 'success'}>
        {say('cerfa:import.kept', { count: keptCount })}
      </Notice>
      <Names title={say('cerfa:import.left')} names={left.map(named)} />
      <Names title={say('cerfa:import.unread')} names={unread.map(named)} />
      <Names title={say('cerfa:import.unknown')} names={unknown} />
    </>
  )
}

function Names({ title, names }: { title: string; names: string[] }) {
  if (names.length === 0) return null
  return (
    <>
      <p>{title}</p>
      <ul class="ds-list">
        {names.map((name) => (
          <li>{name}</li>
        ))}
      </ul>
    </>
  )
}
