import { filePathOf } from '#applications'
import { AreaField, InstantText, SelectField, Tag } from '#platform'
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

/** Words between reviewers: on no page of the association. */
export function NotesCard({ place, view, filled }: Shown) {
  const { say, language } = place
  return (
    <section class="ds-card between-us" id="notes">
      <h2 class="ds-heading" data-size="sm">
        {say('review:notes.title')}
      </h2>
      <p>
        <Tag color="warning">{say('review:notes.readBy')}</Tag>
      </p>
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
    </section>
  )
}
