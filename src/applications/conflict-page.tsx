import type { Place } from '#people'
import { InstantText, Page, RefusalSummary, Submit, type Typed } from '#platform'
import { fieldNamed } from './cerfa/fields.ts'
import type { Author } from './draft-store.ts'
import { type Conflict, digestOfText } from './merge.ts'
import { BackToFile } from './section-page.tsx'

/** An answer that two people wrote, in words. */
export type ShownConflict = Conflict & {
  label: string
  mineInWords: string
  theirsInWords: string
  author: Author | undefined
}

/** Both versions side by side: the person chooses, and what is left out stays to be read. */
export function ConflictPage({
  place,
  filePath,
  typed,
  conflicts,
}: {
  place: Place
  filePath: string
  typed: Typed
  conflicts: ShownConflict[]
}) {
  const { say } = place
  const title = say('applications:conflict.title')
  const refusals = conflicts.map(({ field, label }) => ({
    code: 'applications:refused.twoVersions',
    field: `keep-${field}`,
    values: { label },
  }))
  return (
    <Page frame={place.frame} title={title}>
      <BackToFile say={say} filePath={filePath} />
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">{say('applications:conflict.lead')}</p>
      <form class="stack" method="post">
        <RefusalSummary filled={{ say, typed, refusals }} />
        <Hidden typed={typed} />
        {conflicts.map((conflict) => (
          <Versions place={place} conflict={conflict} chosen={typed[`keep-${conflict.field}`]} />
        ))}
        <p class="hint">{say('applications:conflict.hint')}</p>
        <Submit>{say('applications:conflict.keep')}</Submit>
      </form>
    </Page>
  )
}

/** The form as it was sent, so that choosing loses none of the other answers. */
export function Hidden({ typed }: { typed: Typed }) {
  const sent = Object.entries(typed).filter(([name]) => !/^(?:keep|seen)-/.test(name))
  return (
    <>
      {sent.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  )
}

function Versions({
  place,
  conflict,
  chosen,
}: {
  place: Place
  conflict: ShownConflict
  chosen: string | undefined
}) {
  const { say, language } = place
  const { field, label, mineInWords, theirsInWords, theirs, author } = conflict
  const who = author && author.personId !== place.actor?.personId ? author.name : undefined
  const choice = { name: `keep-${field}`, chosen }
  return (
    <fieldset class="stack">
      <legend>{label}</legend>
      <input type="hidden" name={`seen-${field}`} value={digestOfText(theirs)} />
      <div class="halves">
        <div class="ds-card">
          <Choice
            {...choice}
            id={choice.name}
            value="mine"
            label={say('applications:conflict.mine')}
          />
          <p class="hint">{say('applications:conflict.unsaved')}</p>
          <p class="version">{mineInWords}</p>
        </div>
        <div class="ds-card">
          <Choice
            {...choice}
            id={`${choice.name}-theirs`}
            value="theirs"
            label={
              who
                ? say('applications:conflict.theirs', { name: who })
                : say('applications:conflict.own')
            }
          />
          <p class="hint">
            {say('applications:file.savedAt')}{' '}
            {author && <InstantText value={author.savedAt} language={language} />}
          </p>
          <p class="version">{theirsInWords}</p>
        </div>
      </div>
      {isLong(field) && (
        <Choice
          {...choice}
          id={`${choice.name}-both`}
          value="both"
          label={say('applications:conflict.both')}
        />
      )}
    </fieldset>
  )
}

/** Two texts can follow each other; two amounts cannot. */
function isLong(field: string): boolean {
  if (fieldNamed(field)?.field.kind === 'words') return true
  return /^(?:projectSummary|beneficiaries|cashFallback|need\d-deliverable)$/.test(field)
}

function Choice({
  id,
  name,
  value,
  label,
  chosen,
}: {
  id: string
  name: string
  value: string
  label: string
  chosen: string | undefined
}) {
  return (
    <div class="ds-field check">
      <input
        class="ds-input"
        type="radio"
        id={id}
        name={name}
        value={value}
        checked={chosen === value}
      />
      <label class="ds-label" for={id}>
        {label}
      </label>
    </div>
  )
}
