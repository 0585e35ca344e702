import type { Child } from 'hono/jsx'
import { actorOf, type Place } from '#people'
import { asset, type Filled, InstantText, RefusalSummary, Submit } from '#platform'
import type { SectionName } from './draft-sections.ts'
import type { Author } from './draft-store.ts'
import type { Base } from './merge.ts'

/** What a form of the draft says about itself. */
export type Shown = {
  section: SectionName
  filePath: string
  base: Base
  savedAt: Date
  authors: Map<string, Author>
}

/** A form that saves as one types where scripts run, and by its button everywhere. */
export function DraftForm({
  place,
  shown,
  filled,
  children,
}: {
  place: Place
  shown: Shown
  filled: Filled
  children?: Child
}) {
  const { say } = place
  const { section, filePath, base } = shown
  return (
    <metis-draft
      data-url={`${filePath}/${section}/draft`}
      data-person={actorOf(place).personId}
      data-words={JSON.stringify(scriptWords(place, shown))}
      data-unsaved={filled.refusals.length > 0 ? 'yes' : undefined}
    >
      <form class="stack" method="post">
        <RefusalSummary filled={filled} />
        <input type="hidden" name="base" value={JSON.stringify(base)} />
        {children}
        <p class="hint">{say('applications:section.draftHint')}</p>
        <Status place={place} shown={shown} isUnsaved={filled.refusals.length > 0} />
        <Submit>{say('applications:section.save')}</Submit>
      </form>
      <script type="module" src={asset('draft.js')} />
    </metis-draft>
  )
}

/** Where one's words are, as the server knows it; the script says it anew at each change. */
function Status({
  place: { say, language },
  shown: { savedAt, authors },
  isUnsaved,
}: {
  place: Place
  shown: Shown
  isUnsaved: boolean
}) {
  const last = [...authors.values()].sort((one, other) => +other.savedAt - +one.savedAt)[0]
  return (
    <>
      <p class="draft-status" data-status>
        {isUnsaved ? (
          say('applications:draft.notKept')
        ) : (
          <>
            {say('applications:file.savedAt')} <InstantText value={savedAt} language={language} />
            {last && say('applications:draft.by', { name: last.name })}
          </>
        )}
      </p>
      <div class="hint" data-detail />
      <p class="visually-hidden" role="status" data-live />
    </>
  )
}

function scriptWords({ say, path }: Place, { filePath, section }: Shown) {
  const back = encodeURIComponent(`${filePath}/${section}`)
  return {
    saving: say('applications:draft.saving'),
    waiting: say('applications:draft.waiting'),
    here: say('applications:draft.here'),
    nowhere: say('applications:draft.nowhere'),
    network: say('applications:draft.network'),
    server: say('applications:draft.server'),
    expired: say('applications:draft.expired'),
    signIn: say('applications:draft.signIn'),
    signInHref: `/sign-in?to=${back}`,
    refused: say('applications:draft.refused'),
    home: say('applications:draft.home'),
    homeHref: `${path}/home`,
    compare: say('applications:draft.compare'),
    reload: say('applications:draft.reload'),
    found: say('applications:draft.found'),
    foundLead: say('applications:draft.foundLead'),
    resume: say('applications:draft.resume'),
    dismiss: say('applications:draft.dismiss'),
    nothing: say('applications:draft.nothing'),
  }
}
