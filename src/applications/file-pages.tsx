import { type Context, Hono } from 'hono'
import { familiesOf } from '#campaigns'
import { answerPdf, documentById } from '#documents'
import { isRefused, type Refusal } from '#kit'
import { allow, found, type PlaceEnv } from '#people'
import { once, type Typed, typedOf } from '#platform'
import { actsFor } from './access.ts'
import { depositApplication, signCommitment } from './actions.ts'
import { refusalsForWholeFile, withOwnNumbers } from './cerfa/rules.ts'
import { CommitmentPage } from './commitment-page.tsx'
import { authorsOf, setAsidesOf } from './draft-store.ts'
import { effectFor } from './effect-for.ts'
import { DepositedPage, DraftPage } from './file-page.tsx'
import { refusalsForInfected } from './pieces.ts'
import { answerForm } from './printed/form.ts'
import { unreadTasks } from './progress.ts'
import { ReaderPage } from './reader-page.tsx'
import { filePathOf, openDraft, openFile, readFileOf } from './views.ts'
import { mayWithdraw, withdrawApplication } from './withdrawal.ts'

/** One file: its home, its deposit, its receipt, and the commitment that its representative signs. */
export const fileRoutes = new Hono<PlaceEnv>()

const readers = allow(
  'association.representative',
  'association.member',
  'association.reader',
  'municipality.agent',
)
const preparers = allow('association.representative', 'association.member')
const representative = allow('association.representative')

fileRoutes.get('/applications/:id', readers, (context) => filePage(context, []))

fileRoutes.post('/applications/:id/deposit', representative, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  const typed = typedOf(await context.req.formData())
  const asked = { territoryId: place.territory.id, key: typed.once || `deposit ${id}` }
  const outcome = await once(place.tx, { ...asked, payload: { deposit: id } }, () =>
    depositApplication(place, id),
  )
  if (isRefused(outcome)) return filePage(context, outcome.refusals)
  return context.redirect(filePathOf(place.path, id), 303)
})

fileRoutes.get('/applications/:id/receipt.pdf', readers, async (context) => {
  const place = context.get('place')
  const { application } = await openFile(place, context.req.param('id'))
  const { documentId } = found(application.deposit)
  return answerPdf(context, found(await documentById(place.tx, place.territory.id, documentId)))
})

fileRoutes.get('/applications/:id/form.pdf', readers, async (context) => {
  const place = context.get('place')
  return answerForm(context, await openFile(place, context.req.param('id')))
})

fileRoutes.get('/applications/:id/commitment', preparers, (context) => commitmentPage(context, []))

fileRoutes.post('/applications/:id/commitment', representative, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  const outcome = await signCommitment(place, id)
  if (isRefused(outcome)) return filePage(context, outcome.refusals)
  return context.redirect(`${filePathOf(place.path, id)}#commitment`, 303)
})

fileRoutes.post('/applications/:id/withdrawal', representative, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  const typed = typedOf(await context.req.formData())
  const outcome = await withdrawApplication(place, id, { reason: typed.reason ?? '' })
  if (isRefused(outcome)) return filePage(context, outcome.refusals, typed)
  return context.redirect(filePathOf(place.path, id), 303)
})

/** Also the answer to whatever a deposited file refuses: it shows that it is deposited. */
export async function filePage(context: Context<PlaceEnv>, refusals: Refusal[], typed: Typed = {}) {
  const place = context.get('place')
  const opened = await openFile(place, context.req.param('id') ?? '')
  const { application, campaign, isOwn } = opened
  const { deposit } = application
  const file = await readFileOf(place, opened)
  if (!isOwn && actsFor(place, application.association.id, ['association.reader']))
    return context.html(<ReaderPage place={place} file={file} deposit={deposit} />)
  const status = refusals.length > 0 ? 422 : 200
  const isRepresentative = actsFor(place, application.association.id, [
    'association.representative',
  ])
  if (deposit)
    return context.html(
      <DepositedPage
        place={place}
        file={file}
        deposit={deposit}
        isOwn={isOwn}
        mayWithdraw={isRepresentative && mayWithdraw(application, campaign.state)}
        filled={{ say: place.say, typed, refusals }}
      />,
      status,
    )
  const key = { territoryId: place.territory.id, id: application.id }
  const families = await familiesOf(place.tx, campaign)
  const season = { campaign, families, today: place.today }
  const draft = withOwnNumbers({ ...application, cerfa: file.cerfa })
  const view = {
    place,
    campaign,
    file,
    draft,
    effect: await effectFor(place, opened),
    mayDeposit: isRepresentative,
    refusals,
    leftCount: [...refusalsForWholeFile(draft, season), ...refusalsForInfected(file.pieces)].filter(
      ({ field }) => field,
    ).length,
    setAsides: await setAsidesOf(place.tx, key),
    unread: unreadTasks(application, await authorsOf(place.tx, key)),
  }
  return context.html(<DraftPage {...view} />, status)
}

async function commitmentPage(context: Context<PlaceEnv>, refusals: Refusal[]) {
  const place = context.get('place')
  const { application } = await openDraft(place, context.req.param('id') ?? '')
  return context.html(
    <CommitmentPage
      place={place}
      filePath={filePathOf(place.path, application.id)}
      application={application}
      maySign={actsFor(place, application.association.id, ['association.representative'])}
      refusals={refusals}
    />,
  )
}
