import { type Context, Hono } from 'hono'
import { envelopesOf, familiesOf } from '#campaigns'
import { isRefused, newId, type Refusal } from '#kit'
import { allow, type PlaceEnv } from '#people'
import { type Typed, wholeTypedOf } from '#platform'
import { projectTotals } from './cerfa/balance.ts'
import { type CerfaSection, cerfaSections } from './cerfa/fields.ts'
import { cerfaPage } from './cerfa/pages.tsx'
import { ConflictPage } from './conflict-page.tsx'
import { draftAnswerOf } from './draft-answer.ts'
import { type Merge, saveAsTyped, saveForm } from './draft-merge.ts'
import { knownProject, type SectionName, sectionNames, sections } from './draft-sections.ts'
import { labelOf, wordsOf } from './draft-words.ts'
import { effectFor } from './effect-for.ts'
import { keepingWords } from './expired-page.tsx'
import { filePage } from './file-pages.tsx'
import { ROWS_MAX, rowsIn, typedMoney, typedNeeds } from './forms.ts'
import { isKitName, type KitName, kits } from './kits.ts'
import { NeedsPage } from './needs-page.tsx'
import type { Application, NewNeed } from './rules.ts'
import { MoneyPage, ProjectPage } from './sections.tsx'
import { shownOf } from './shown.ts'
import { filePathOf, openDraft } from './views.ts'

/** The forms of a draft: each keeps what was typed, refused or not. */
export const sectionRoutes = new Hono<PlaceEnv>()

const preparers = allow('association.representative', 'association.member')
export type Sent = { typed?: Typed; refusals?: Refusal[] }
export type Show = (context: Context<PlaceEnv>, sent?: Sent) => Promise<Response>

const pages: Record<SectionName, Show> = {
  project: projectPage,
  money: moneyPage,
  needs: needsPage,
  ...(Object.fromEntries(
    cerfaSections.map((section): [CerfaSection, Show] => [section, cerfaPage(section)]),
  ) as Record<CerfaSection, Show>),
}

for (const name of sectionNames) {
  const path = `/applications/:id/${name}`
  sectionRoutes.get(path, preparers, (context) => pages[name](context))
  sectionRoutes.post(path, keepingWords(preparers), (context) => save(context, name))
  // The same form, sent by the page itself while one types.
  sectionRoutes.post(`${path}/draft`, preparers, (context) => saveByItself(context, name))
}

async function save(context: Context<PlaceEnv>, name: SectionName): Promise<Response> {
  const place = context.get('place')
  const id = context.req.param('id') ?? ''
  const typed = wholeTypedOf(await context.req.formData())
  const section = sections[name]
  const outcome = await saveForm(place, id, { section, typed })
  if (isRefused(outcome)) return filePage(context, outcome.refusals)
  const { unreadable: refusals, conflicts } = outcome
  if (refusals.length > 0) return pages[name](context, { typed, refusals })
  if (conflicts.length > 0) return conflictPage(context, name, { typed, merge: outcome })
  const path = filePathOf(place.path, id)
  // A ready mission chosen: what was typed is kept, then the page comes back with one row more.
  if (isKitName(typed.kit)) return context.redirect(`${path}/needs?kit=${typed.kit}`, 303)
  // A budget comes back with its sums.
  const isBudget = name === 'budget' || name === 'project-budget'
  return context.redirect(isBudget ? `${path}/${name}#totals` : `${path}#${name}`, 303)
}

async function saveByItself(context: Context<PlaceEnv>, name: SectionName): Promise<Response> {
  const place = context.get('place')
  const typed = wholeTypedOf(await context.req.formData())
  const form = { section: sections[name], typed }
  const outcome = await saveAsTyped(place, context.req.param('id') ?? '', form)
  if (isRefused(outcome)) {
    const [refused] = outcome.refusals
    return context.json({ refused: refused && place.say(refused.code) }, 409)
  }
  return context.json(draftAnswerOf(place, form, outcome))
}

async function conflictPage(
  context: Context<PlaceEnv>,
  name: SectionName,
  { typed, merge }: { typed: Typed; merge: Merge },
) {
  const place = context.get('place')
  const { application, campaign } = await openDraft(place, context.req.param('id') ?? '')
  const envelopes = await envelopesOf(place.tx, campaign)
  const inWords = (field: string, value: string) => wordsOf(place.say, { field, value }, envelopes)
  const conflicts = merge.conflicts.map((conflict) => ({
    ...conflict,
    label: labelOf(place.say, conflict.field),
    mineInWords: inWords(conflict.field, conflict.mine),
    theirsInWords: inWords(conflict.field, conflict.theirs),
    author: merge.authors.get(sections[name].answerOf(conflict.field, { application, typed })),
  }))
  const filePath = filePathOf(place.path, application.id)
  return context.html(
    <ConflictPage place={place} filePath={filePath} typed={typed} conflicts={conflicts} />,
    422,
  )
}

async function projectPage(context: Context<PlaceEnv>, { typed, refusals = [] }: Sent = {}) {
  const place = context.get('place')
  const opened = await openDraft(place, context.req.param('id') ?? '')
  const known = knownProject(opened.application)
  return context.html(
    <ProjectPage
      place={place}
      shown={await shownOf(context, 'project', { opened, known, ...(typed && { typed }) })}
      filled={{ say: place.say, typed: typed ?? known, refusals }}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

async function moneyPage(context: Context<PlaceEnv>, { typed, refusals = [] }: Sent = {}) {
  const place = context.get('place')
  const opened = await openDraft(place, context.req.param('id') ?? '')
  const known = typedMoney(opened.application)
  return context.html(
    <MoneyPage
      place={place}
      shown={await shownOf(context, 'money', { opened, known, ...(typed && { typed }) })}
      filled={{ say: place.say, typed: typed ?? known, refusals }}
      envelopes={await envelopesOf(place.tx, opened.campaign)}
      totals={projectTotals(opened.application.cerfa.form)}
      effect={await effectFor(place, opened)}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

async function needsPage(context: Context<PlaceEnv>, { typed, refusals = [] }: Sent = {}) {
  const place = context.get('place')
  const opened = await openDraft(place, context.req.param('id') ?? '')
  const asked = context.req.query('kit')
  const kit = isKitName(asked) ? asked : undefined
  const { needs } = opened.application
  const proposed = withKit(opened.application, kit, (name) =>
    place.say(`applications:kit.${name}.deliverable`),
  )
  const rowsCount = Math.max(3, proposed.length + 2, typed ? rowsIn(typed) : 0)
  return context.html(
    <NeedsPage
      place={place}
      campaign={opened.campaign}
      families={await familiesOf(place.tx, opened.campaign)}
      shown={
        await shownOf(context, 'needs', {
          opened,
          known: typedNeeds(needs),
          ...(typed && { typed }),
        })
      }
      filled={{ say: place.say, typed: typed ?? typedNeeds(proposed), refusals }}
      rowsCount={Math.min(ROWS_MAX, rowsCount)}
      kit={kit}
      effect={await effectFor(place, opened)}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

/** The needs as saved, and one more from the ready mission that was chosen. */
function withKit(
  { needs }: Application,
  kit: KitName | undefined,
  deliverableOf: (kit: KitName) => string,
): NewNeed[] {
  if (!kit || needs.length >= ROWS_MAX) return needs
  const ready = { ...kits[kit], deliverable: deliverableOf(kit), modality: 'hybrid' as const }
  return [...needs, { ...ready, id: newId(), startsOn: null, endsOn: null }]
}
