import { filePathOf } from '#applications'
import type { Place } from '#people'
import { AreaField, InstantText, Tag } from '#platform'
import type { Shown } from './file-page.tsx'
import type { Message, Side } from './message-store.ts'

/** Words that the association reads. Another colour, another sentence and another button than the notes. */
export function MessagesCard({ place, view, filled, isAgent }: Shown) {
  const { say } = place
  return (
    <section class="ds-card read-by-both" id="messages">
      <h2 class="ds-heading" data-size="sm">
        {say('review:messages.title')}
      </h2>
      <p>
        <Tag color="accent">{say('review:messages.readBy')}</Tag>
      </p>
      <MessageList place={place} messages={view.messages} />
      {isAgent && (
        <div class="stack">
          <AreaField
            filled={filled}
            name="message"
            label={say('review:messages.toAssociation', {
              association: view.application.association.name,
            })}
            hint={say('review:messages.hint')}
            rows={3}
          />
          <div>
            <button
              class="ds-button"
              data-variant="secondary"
              type="submit"
              formaction={`${filePathOf(place.path, view.application.id)}/messages`}
            >
              {say('review:messages.send')}
            </button>
          </div>
        </div>
      )}
    </section>
  )
}

const colours = { commune: 'info', association: 'neutral' } as const satisfies Record<Side, string>

/** What was said by both, in order. */
export function MessageList({ place, messages }: { place: Place; messages: Message[] }) {
  const { say, language } = place
  if (messages.length === 0) return <p>{say('review:messages.none')}</p>
  return (
    <ul class="todo">
      {messages.map(({ side, authorName, words, writtenAt }) => (
        <li>
          <div>
            <Tag color={colours[side]}>{say(`review:messages.from.${side}`)}</Tag>{' '}
            <b>{authorName}</b>, <InstantText value={writtenAt} language={language} />
            <p class="version">{words}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
