import { type Context, Hono } from 'hono'
import { envelopesOf, familiesOf } from '#campaigns'
import { isRefused, type Refusal, type Refused } from '#kit'
import { allow, type PlaceEnv } from '#people'
import { type Typed, typedOf } from '#platform'
import { type DraftInput, saveDraft } from './actions.ts'
import { effectFor } from './effect-for.ts'
import { filePage } from './file-pages.tsx'
import { ROWS_MAX, readMoney, readNeeds, readProject, typedMoney, typedNeeds } from './forms.ts'
import { isKitName, type KitName, kits } from './kits.ts'
import { NeedsPage } from './needs-page.tsx'
import type { Application, DraftNeed } from './rules.ts'
import { MoneyPage, ProjectPage } from './sections.tsx'
import { filePathOf, openDraft } from './views.ts'

/** The forms of a draft: each keeps what was typed, refused or not. */
export const sectionRoutes = new Hono<PlaceEnv>()

const preparers = allow('association.representative', 'association.member')
type Shown = { typed?: Typed; refusals?: Refusal[] }

sectionRoutes.get('/applications/:id/project', preparers, (context) => projectPage(context))
sectionRoutes.post('/applications/:id/project', preparers, (context) =>
  save(context, 'project', readProject, projectPage),
)
sectionRoutes.get('/applications/:id/money', preparers, (context) => moneyPage(context))
sectionRoutes.post('/applications/:id/money', preparers, (context) =>
  save(context, 'money', readMoney, moneyPage),
)
sectionRoutes.get('/applications/:id/needs', preparers, (context) => needsPage(context))
sectionRoutes.post('/applications/:id/needs', preparers, (context) =>
  save(context, 'needs', readNeedsInput, needsPage),
)

type Show = (context: Context<PlaceEnv>, shown: Shown) => Promise<Response>

async function save(
  context: Context<PlaceEnv>,
  section: string,
  read: (typed: Typed) => DraftInput | Refused,
  show: Show,
): Promise<Response> {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const typed = typedOf(await context.req.formData())
  const input = read(typed)
  const outcome = isRefused(input) ? input : await saveDraft(place, id, input)
  if (isRefused(outcome)) {
    const isDeposited = outcome.refusals.some(({ field }) => field === undefined)
    if (isDeposited) return filePage(context, outcome.refusals)
    return show(context, { typed, refusals: outcome.refusals })
  }
  const path = filePathOf(place.path, id)
  // A ready mission chosen: what was typed is kept, then the page comes back with one row more.
  const next = isKitName(typed.kit) ? `${path}/needs?kit=${typed.kit}` : `${path}#${section}`
  return context.redirect(next, 303)
}

function readNeedsInput(typed: Typed): DraftInput | Refused {
  const needs = readNeeds(typed)
  return isRefused(needs) ? needs : { needs }
}

async function projectPage(context: Context<PlaceEnv>, { typed, refusals = [] }: Shown = {}) {
  const place = context.get('place')
  const { application } = await openDraft(place, context.req.param('id') ?? '')
  const { projectTitle, projectSummary, beneficiaries } = application
  const known = { projectTitle, projectSummary, beneficiaries }
  return context.html(
    <ProjectPage
      place={place}
      filePath={filePathOf(place.path, application.id)}
      filled={{ say: place.say, typed: typed ?? known, refusals }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

async function moneyPage(context: Context<PlaceEnv>, { typed, refusals = [] }: Shown = {}) {
  const place = context.get('place')
  const opened = await openDraft(place, context.req.param('id') ?? '')
  return context.html(
    <MoneyPage
      place={place}
      filePath={filePathOf(place.path, opened.application.id)}
      filled={{ say: place.say, typed: typed ?? typedMoney(opened.application), refusals }}
      envelopes={await envelopesOf(place.tx, opened.campaign)}
      effect={await effectFor(place, opened)}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

async function needsPage(context: Context<PlaceEnv>, { typed, refusals = [] }: Shown = {}) {
  const place = context.get('place')
  const opened = await openDraft(place, context.req.param('id') ?? '')
  const asked = context.req.query('kit')
  const kit = isKitName(asked) ? asked : undefined
  const known = knownNeeds(opened.application, kit, (name) =>
    place.say(`applications:kit.${name}.deliverable`),
  )
  return context.html(
    <NeedsPage
      place={place}
      campaign={opened.campaign}
      families={await familiesOf(place.tx, opened.campaign)}
      filePath={filePathOf(place.path, opened.application.id)}
      filled={{ say: place.say, typed: typed ?? typedNeeds(known), refusals }}
      rowsCount={Math.min(ROWS_MAX, Math.max(3, known.length + 2))}
      kit={kit}
      effect={await effectFor(place, opened)}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

/** The needs as saved, and one more from the ready mission that was chosen. */
function knownNeeds(
  { needs }: Application,
  kit: KitName | undefined,
  deliverableOf: (kit: KitName) => string,
): DraftNeed[] {
  if (!kit || needs.length >= ROWS_MAX) return needs
  const ready = { ...kits[kit], deliverable: deliverableOf(kit), modality: 'hybrid' as const }
  return [...needs, { ...ready, startsOn: null, endsOn: null }]
}
