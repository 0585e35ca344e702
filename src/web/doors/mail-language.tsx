import { type Context, Hono } from 'hono'
import { allow, found, type PersonEnv, personById, setLanguage } from '#people'
import { languages, SelectField, typedOf } from '#platform'
import type { House } from '../house.ts'
import type { Shown } from './account.tsx'
import { nothingTyped, personOf } from './enter.tsx'

export function mailLanguageDoor(house: House): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  routes.post('/account/mail-language', allow('signed-in'), (context) => choose(context, house))
  return routes
}

/** Mails are written when somebody else acts: the language of the page cannot be known then. */
export async function MailLanguage({ frame, house, person }: Shown) {
  const { say } = frame
  const { language } = found(await personById(house.db, person.id))
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('doors:mailLanguage.heading')}
      </h2>
      <form class="stack" method="post" action="/account/mail-language">
        <SelectField
          filled={nothingTyped(say)}
          name="language"
          label={say('doors:mailLanguage.label')}
          hint={say('doors:mailLanguage.hint')}
          value={language}
          choices={languages.map((value) => ({ value, label: say(`doors:mailLanguage.${value}`) }))}
        />
        <button class="ds-button" data-variant="secondary" type="submit">
          {say('doors:mailLanguage.save')}
        </button>
      </form>
    </section>
  )
}

async function choose(context: Context<PersonEnv>, house: House) {
  const { language } = typedOf(await context.req.formData())
  const chosen = languages.find((one) => one === language)
  if (chosen) await setLanguage(house.db, personOf(context).id, chosen)
  return context.redirect('/account', 303)
}
