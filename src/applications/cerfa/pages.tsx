import type { Context } from 'hono'
import type { Refusal } from '#kit'
import type { PlaceEnv } from '#people'
import type { Typed } from '#platform'
import type { Sent } from '../section-pages.tsx'
import { shownOf } from '../shown.ts'
import { openDraft } from '../views.ts'
import { shareAsked } from './balance.ts'
import { BudgetPage } from './budget-page.tsx'
import type { CerfaSection } from './fields.ts'
import { typedSection } from './file.ts'
import { CerfaFormPage } from './form-page.tsx'
import { RegistryCard } from './registry/card.tsx'
import { registriesIn } from './registry/routes.tsx'

/** A form refused in the card of the registers, below the form of the page. */
type RegistrySent = { registry?: { typed: Typed; refusals: Refusal[] } }

/** The page of one part of the form. */
export function cerfaPage(section: CerfaSection) {
  return async (
    context: Context<PlaceEnv>,
    { typed, refusals = [], registry }: Sent & RegistrySent = {},
  ): Promise<Response> => {
    const place = context.get('place')
    const opened = await openDraft(place, context.req.param('id') ?? '')
    const { cerfa, askedCents } = opened.application
    const known = typedSection(cerfa, section)
    const shown = await shownOf(context, section, { opened, known, ...(typed && { typed }) })
    const filled = { say: place.say, typed: typed ?? known, refusals }
    const page = { place, section, shown, filled, cerfa }
    const percent = section === 'project-budget' ? shareAsked(cerfa.form, askedCents) : undefined
    const share = percent === undefined || !askedCents ? undefined : { asked: askedCents, percent }
    const isBudget = section === 'budget' || section === 'project-budget'
    return context.html(
      isBudget ? (
        <BudgetPage {...page} share={share} />
      ) : (
        <CerfaFormPage {...page}>
          {section === 'identity' && registriesIn(context) && (
            <RegistryCard
              place={place}
              filePath={shown.filePath}
              cerfa={cerfa}
              filled={{ say: place.say, typed: {}, refusals: [], ...registry }}
            />
          )}
        </CerfaFormPage>
      ),
      refusals.length > 0 || registry ? 422 : 200,
    )
  }
}
