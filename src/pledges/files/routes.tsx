import { type Context, Hono } from 'hono'
import { type Campaign, campaignById } from '#campaigns'
import { isRefused, type Refusal, refusal } from '#kit'
import { allow, found, organisationOf, type PlaceEnv } from '#people'
import { answerTable, Page, type Typed, typedOf, writable } from '#platform'
import { openedCampaign } from '../season.ts'
import { correctLines, judgedLines, ownFile, putInFile, takeLines } from './actions.ts'
import { CHARACTERS_MAX, type LineField, lineFields, type Said } from './columns.ts'
import { draftRoutes } from './draft-routes.tsx'
import { invitedCompanies } from './invited-store.ts'
import { LinesPage } from './lines-page.tsx'
import { modelOf } from './model.ts'
import { PutInPage } from './put-in-page.tsx'
import { filesOf, type PledgeFile } from './store.ts'

/** Many promises at once, from a file. */
export const fileRoutes = new Hono<PlaceEnv>()

fileRoutes.route('/', draftRoutes)

const whoHasFiles = allow('municipality.agent', 'company.csr')

fileRoutes.get('/:year{[0-9]{4}}/pledges/file', whoHasFiles, async (context) =>
  putInPage(context, await openedCampaign(context.get('place'), context), []),
)

fileRoutes.get('/:year{[0-9]{4}}/pledges/:file{model\\.(?:csv|xlsx)}', whoHasFiles, model)

fileRoutes.post('/:year{[0-9]{4}}/pledges/files', whoHasFiles, async (context) => {
  const place = context.get('place')
  const campaign = await openedCampaign(place, context)
  const file = (await context.req.formData()).get('file')
  const isChosen = file instanceof File && file.size > 0
  const outcome = isChosen
    ? await putInFile(place, campaign, {
        fileName: writable(file.name).slice(-200),
        bytes: new Uint8Array(await file.arrayBuffer()),
      })
    : { refusals: [refusal('pledge-files:refused.noFile', { field: 'file' })] }
  if (isRefused(outcome)) return putInPage(context, campaign, outcome.refusals)
  return context.redirect(`${place.path}/pledges/files/${outcome.id}`, 303)
})

fileRoutes.get('/pledges/files/:id', whoHasFiles, async (context) => {
  const file = await ownFile(context.get('place'), context.req.param('id'))
  return linesPage(context, file, { typed: {}, refusals: [] })
})

fileRoutes.post('/pledges/files/:id', whoHasFiles, async (context) => {
  const place = context.get('place')
  const file = await ownFile(place, context.req.param('id'))
  const typed = typedOf(await context.req.formData())
  await correctLines(place, file, { lines: correctionsIn(typed), columns: columnsIn(typed) })
  const address = `${place.path}/pledges/files/${file.id}`
  if (typed.deed === 'check') return context.redirect(address, 303)
  const campaign = await campaignOfFile(context, file)
  const outcome = await takeLines(place, { campaign, file }, takingIn(typed))
  if (isRefused(outcome)) return linesPage(context, file, { typed, ...outcome })
  return context.redirect(address, 303)
})

async function putInPage(context: Context<PlaceEnv>, campaign: Campaign, refusals: Refusal[]) {
  const place = context.get('place')
  const filled = { say: place.say, typed: {}, refusals }
  const whose = {
    territoryId: place.territory.id,
    campaignId: campaign.id,
    organisationId: organisationOf(place).id,
  }
  const files = await filesOf(place.tx, whose)
  return context.html(
    <PutInPage {...{ place, campaign, files, filled }} />,
    refusals.length > 0 ? 422 : 200,
  )
}

async function linesPage(
  context: Context<PlaceEnv>,
  file: PledgeFile,
  answers: { typed: Typed; refusals: Refusal[] },
) {
  const place = context.get('place')
  const campaign = await campaignOfFile(context, file)
  const { lines, around } = await judgedLines(place, campaign, file)
  const filled = { say: place.say, ...answers }
  const invited = around.own ? new Map() : await invitedCompanies(place.tx, place.territory.id)
  return context.html(
    <Page frame={place.frame} title={place.say('pledge-files:lines.title')}>
      <LinesPage {...{ place, campaign, file, lines, around, invited, filled }} />
    </Page>,
    answers.refusals.length > 0 ? 422 : 200,
  )
}

async function campaignOfFile(context: Context<PlaceEnv>, file: PledgeFile): Promise<Campaign> {
  const { tx } = context.get('place')
  return found(await campaignById(tx, file.territoryId, file.campaignId))
}

/** `hours-12`: what was typed for the hours of line 12. */
function correctionsIn(typed: Typed): Map<number, Said> {
  const corrected = new Map<number, Said>()
  for (const [name, text] of Object.entries(typed)) {
    const [, field, line] = /^([a-zA-Z]+)-(\d{1,7})$/.exec(name) ?? []
    const known = lineFields.find((one): one is LineField => one === field)
    if (!known) continue
    const said = corrected.get(Number(line)) ?? {}
    corrected.set(Number(line), { ...said, [known]: text.trim().slice(0, CHARACTERS_MAX) })
  }
  return corrected
}

/** `column-2`: what the person says of the column whose title is `title-2`. */
function columnsIn(typed: Typed): Map<string, LineField> {
  const said = Object.entries(typed).flatMap(([name, text]): [string, LineField][] => {
    const rank = /^column-(\d{1,3})$/.exec(name)?.[1]
    const field = lineFields.find((one) => one === text)
    const title = typed[`title-${rank}`]
    return rank && field && title ? [[title, field]] : []
  })
  return new Map(said)
}

function takingIn(typed: Typed) {
  const ticked = Object.keys(typed).flatMap((name) => {
    const line = /^take-(\d{1,7})$/.exec(name)?.[1]
    return line ? [Number(line)] : []
  })
  return { ticked: new Set(ticked), hasNoCounterpart: typed.noCounterpart === 'yes' }
}

async function model(context: Context<PlaceEnv>) {
  const place = context.get('place')
  const { columns, lines } = await modelOf(place, await openedCampaign(place, context))
  const name = place.say('pledge-files:model.fileName')
  return answerTable(context, { columns, items: lines, name })
}
