import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Guard, Place, PlaceEnv } from '#people'
import { Notice, Page, Submit, type Typed, wholeTypedOf } from '#platform'
import { fieldNamed } from './cerfa/fields.ts'
import { Hidden } from './conflict-page.tsx'
import { labelOf } from './draft-words.ts'

/**
 * The same guard, but a form sent after the session ended is shown again with all that was typed
 * instead of being thrown away (HYP-1874, SGG-5480): signed in again in another window, it is sent
 * once more. Nothing of the file is read for it.
 */
export function keepingWords(guard: Guard): Guard {
  const kept = createMiddleware<PlaceEnv>(async (context, next) => {
    if (context.get('place')?.actor) return guard(context as Context, next)
    return expired(context)
  })
  return Object.assign(kept, { who: guard.who })
}

async function expired(context: Context<PlaceEnv>) {
  const typed = wholeTypedOf(await context.req.formData())
  const place = context.get('place')
  return context.html(<ExpiredPage place={place} address={context.req.path} typed={typed} />, 401)
}

function ExpiredPage({ place, address, typed }: { place: Place; address: string; typed: Typed }) {
  const { say } = place
  const title = say('applications:expired.title')
  return (
    <Page frame={place.frame} title={title}>
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <Notice color="warning">{say('applications:expired.lead')}</Notice>
        <ol class="ds-list">
          <li>
            <a
              class="ds-link"
              href={`/sign-in?to=${encodeURIComponent(address)}`}
              target="_blank"
              rel="noopener"
            >
              {say('applications:draft.signIn')}
            </a>
          </li>
          <li>{say('applications:expired.comeBack')}</li>
        </ol>
        <form class="stack" method="post" action={address}>
          <Hidden typed={typed} />
          <Submit>{say('applications:section.save')}</Submit>
        </form>
        <Words typed={typed} say={say} />
      </div>
    </Page>
  )
}

/** To read, and to copy if all else fails. */
function Words({ typed, say }: { typed: Typed; say: Place['say'] }) {
  const written = Object.entries(typed).filter(
    ([name, value]) => value !== '' && (isAnswer.test(name) || fieldNamed(name)),
  )
  if (written.length === 0) return null
  return (
    <>
      <h2 class="ds-heading" data-size="xs">
        {say('applications:expired.words')}
      </h2>
      <dl class="facts">
        {written.map(([name, value]) => (
          <>
            <dt>{labelOf(say, name)}</dt>
            <dd class="version">{value}</dd>
          </>
        ))}
      </dl>
    </>
  )
}

const isAnswer =
  /^(?:project(?:Title|Summary)|beneficiaries|cashFallback|(?:asked|useful|budgetCharges|budgetProducts)Cents|need\d-(?:hoursMin|hoursMax|deliverable))$/
