import { type Context, Hono } from 'hono'
import { isId, isRefused, type Refusal } from '#kit'
import { allow, found, type Place, type PlaceEnv } from '#people'
import {
  type Filled,
  Page,
  RefusalSummary,
  Submit,
  type TableFile,
  type Typed,
  typedOf,
  writable,
} from '#platform'
import { acceptFile, putInFile } from './actions.ts'
import { proposeGrantMapping, refusalsCsv } from './grants/index.ts'
import { openTable } from './import.ts'
import { mappingFrom, type ProposedSheet, proposedSheets, SheetFields } from './mapping-form.tsx'
import { ImportReport } from './report.tsx'
import { baselineYears, fileById, importById, remarksOf } from './store.ts'
import { YearsPage } from './years-page.tsx'

export const baselineRoutes = new Hono<PlaceEnv>()

baselineRoutes.get('/baselines', allow('municipality.agent', 'municipality.elected'), (context) =>
  yearsPage(context, { typed: {}, refusals: [] }),
)

baselineRoutes.post('/baselines/imports', allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const file = (await context.req.formData()).get('file')
  const isChosen = file instanceof File && file.size > 0
  const outcome = isChosen
    ? await putInFile(place, {
        fileName: writable(file.name).slice(-200),
        bytes: new Uint8Array(await file.arrayBuffer()),
      })
    : { refusals: [{ code: 'territory:refused.noFile', field: 'file' }] }
  if (isRefused(outcome)) return yearsPage(context, { typed: {}, ...outcome })
  return context.redirect(`${place.path}/baselines/imports/${outcome.id}`, 303)
})

baselineRoutes.get('/baselines/imports/:id', allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const id = found(isId(context.req.param('id')) ? context.req.param('id') : undefined)
  const done = await importById(place.tx, place.territory.id, id)
  if (done) return reportPage(context, done)
  const { fileName, sheets } = await waitingFile(place, id)
  return mappingPage(context, { id, fileName, sheets, typed: {}, refusals: [] })
})

baselineRoutes.post('/baselines/imports/:id', allow('municipality.agent'), async (context) => {
  const place = context.get('place')
  const id = found(isId(context.req.param('id')) ? context.req.param('id') : undefined)
  const address = `${place.path}/baselines/imports/${id}`
  // Sent twice: the first time did it, and the file is no longer there.
  if (await importById(place.tx, place.territory.id, id)) return context.redirect(address, 303)
  const { fileName, sheets } = await waitingFile(place, id)
  const typed = typedOf(await context.req.formData())
  const outcome = await acceptFile(place, id, mappingFrom(typed, sheets))
  if (isRefused(outcome)) return mappingPage(context, { id, fileName, sheets, typed, ...outcome })
  return context.redirect(address, 303)
})

baselineRoutes.get(
  '/baselines/imports/:id/refusals.csv',
  allow('municipality.agent'),
  async (context) => {
    const { tx, territory, say } = context.get('place')
    const id = found(isId(context.req.param('id')) ? context.req.param('id') : undefined)
    found(await importById(tx, territory.id, id))
    const remarks = await remarksOf(tx, territory.id, id, { isRefused: true })
    let csv = ''
    for await (const part of refusalsCsv(remarks, say)) csv += part
    return context.body(csv, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${say('territory:report.fileName')}.csv"`,
    })
  },
)

type Answers = { typed: Typed; refusals: Refusal[] }

async function yearsPage(context: Context<PlaceEnv>, answers: Answers) {
  const place = context.get('place')
  const { say, tx, territory, language, path } = place
  const filled: Filled = { say, ...answers }
  const years = await baselineYears(tx, territory.id)
  const mayImport = place.as?.role === 'municipality.agent'
  return context.html(
    <Page frame={place.frame} title={say('territory:years.title')}>
      <YearsPage {...{ filled, years, language, path, mayImport }} />
    </Page>,
    answers.refusals.length > 0 ? 422 : 200,
  )
}

/** A file that was put in and whose columns are still to be agreed. */
async function waitingFile(
  { tx, territory }: Place,
  id: string,
): Promise<{ fileName: string; sheets: ProposedSheet[] }> {
  const { fileName, content } = found(await fileById(tx, territory.id, id))
  const table = readable(await openTable({ fileName, bytes: content }))
  return { fileName, sheets: await proposedSheets(table, await proposeGrantMapping(table)) }
}

function readable(table: Awaited<ReturnType<typeof openTable>>): TableFile {
  if ('refusals' in table) throw new Error('a file that could be read can no longer be')
  return table
}

type Proposal = Answers & { id: string; fileName: string; sheets: ProposedSheet[] }

function mappingPage(context: Context<PlaceEnv>, { id, fileName, sheets, ...answers }: Proposal) {
  const { say, frame, path } = context.get('place')
  const filled: Filled = { say, ...answers }
  return context.html(
    <Page frame={frame} title={say('territory:mapping.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('territory:mapping.title')}
      </h1>
      <p class="lead">{say('territory:mapping.lead', { fileName })}</p>
      <form
        class="ds-card stack"
        method="post"
        action={`${path}/baselines/imports/${id}`}
        id="file"
      >
        <RefusalSummary filled={filled} />
        {sheets.map((proposed, rank) => (
          <SheetFields proposed={proposed} rank={rank} filled={filled} />
        ))}
        {sheets.length === 0 ? (
          <p class="ds-paragraph">{say('territory:refused.noGrants')}</p>
        ) : (
          <Submit>{say('territory:mapping.accept')}</Submit>
        )}
      </form>
    </Page>,
    answers.refusals.length > 0 ? 422 : 200,
  )
}

const SHOWN_REMARKS = 100

async function reportPage(
  context: Context<PlaceEnv>,
  done: NonNullable<Awaited<ReturnType<typeof importById>>>,
) {
  const { tx, territory, say, frame, path } = context.get('place')
  const asked = (isWrong: boolean) =>
    remarksOf(tx, territory.id, done.id, { isRefused: isWrong, limit: SHOWN_REMARKS })
  const report = { ...done, refusedLines: await asked(true), doubts: await asked(false) }
  return context.html(
    <Page frame={frame} title={say('territory:report.title')}>
      <ImportReport report={report} say={say} path={path} />
    </Page>,
  )
}
