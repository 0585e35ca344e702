import { filePathOf } from '#applications'
import { AreaField, InstantText, SelectField } from '#platform'
import { PlainSubmit, SectionCard, type Shown } from './file-page.tsx'

/** Who follows the file, so that none is everybody's and nobody's. */
export function FollowCard({ place, view, filled }: Shown) {
  const { say } = place
  const nobody = { value: '', label: say('review:bulk.nobody') }
  const agents = view.agents.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <SectionCard title={say('review:follow.title')}>
      <div class="stack">
        <SelectField
          filled={filled}
          name="agentId"
          label={say('review:bulk.agent')}
          choices={[nobody, ...agents]}
        />
        <div>
          <PlainSubmit to={`${filePathOf(place.path, view.application.id)}/assignment`}>
            {say('review:bulk.assign')}
          </PlainSubmit>
        </div>
      </div>
    </SectionCard>
  )
}

/** Words between reviewers. */
export function NotesCard({ place, view, filled }: Shown) {
  const { say, language } = place
  return (
    <SectionCard title={say('review:notes.title')}>
      {view.notes.length > 0 && (
        <ul class="todo">
          {view.notes.map(({ authorName, words, writtenAt }) => (
            <li class="waiting">
              <span>
                <b>{authorName}</b>, <InstantText value={writtenAt} language={language} /> — {words}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div class="stack">
        <AreaField
          filled={filled}
          name="words"
          label={say('review:notes.words')}
          hint={say('review:notes.hint')}
          rows={2}
        />
        <div>
          <PlainSubmit to={`${filePathOf(place.path, view.application.id)}/notes`}>
            {say('review:notes.save')}
          </PlainSubmit>
        </div>
      </div>
    </SectionCard>
  )
}
