import { filePathOf } from '#applications'
import type { Place } from '#people'
import { DayText, InstantText, Tag, type TagColor } from '#platform'
import { SectionCard, type Shown } from './file-page.tsx'
import {
  type OutsideRequest,
  type OutsideState,
  outsideStateOf,
  type Verdict,
} from './outside-rules.ts'

/** Opinions of people outside, on the file; published nowhere. */
export function OutsideCard({ place, view, isAgent }: Shown) {
  const { say } = place
  return (
    <SectionCard title={say('review:outside.card')}>
      {view.outside.length > 0 ? (
        <OutsideList place={place} requests={view.outside} />
      ) : (
        <p>{say('review:outside.none')}</p>
      )}
      {isAgent && (
        <div>
          {/* Through the draft: what was typed on this page is kept on the way. */}
          <button
            class="ds-button"
            data-variant="secondary"
            type="submit"
            formaction={`${filePathOf(place.path, view.application.id)}/review/draft`}
            name="goTo"
            value="outside-opinions"
          >
            {say('review:outside.goAsk')}
          </button>
        </div>
      )}
    </SectionCard>
  )
}

const verdictColours: Record<Verdict, TagColor> = {
  favourable: 'success',
  reserved: 'warning',
  unfavourable: 'danger',
}
const stateColours: Record<Exclude<OutsideState, 'given'>, TagColor> = {
  waiting: 'info',
  setAside: 'warning',
  withdrawn: 'neutral',
  expired: 'neutral',
}

export function OutsideList({
  place,
  requests,
  withdrawal,
}: {
  place: Place
  requests: OutsideRequest[]
  /** Where an agent withdraws one; nowhere on a page that only shows them. */
  withdrawal?: (id: string) => string
}) {
  return (
    <ul class="todo">
      {requests.map((request) => (
        <Line place={place} request={request} withdrawal={withdrawal?.(request.id)} />
      ))}
    </ul>
  )
}

function Line({
  place,
  request,
  withdrawal,
}: {
  place: Place
  request: OutsideRequest
  withdrawal: string | undefined
}) {
  const { say, language, today } = place
  const state = outsideStateOf(request, today)
  const isWithdrawable = state === 'waiting' || state === 'given'
  return (
    <li>
      <div>
        <b>{request.recipientName}</b>, {request.capacity}{' '}
        <StateTags place={place} request={request} />
        <p class="hint">
          {say('review:outside.wasAsked', { question: request.question })}{' '}
          <DayText value={request.answerBy} language={language} />.
        </p>
        <Answer place={place} request={request} />
        {withdrawal && isWithdrawable && (
          <form method="post" action={withdrawal}>
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit">
              {say('review:outside.withdraw', { name: request.recipientName })}
            </button>
          </form>
        )}
      </div>
    </li>
  )
}

function StateTags({ place, request }: { place: Place; request: OutsideRequest }) {
  const { say, today } = place
  const state = outsideStateOf(request, today)
  const verdict = state === 'setAside' ? undefined : request.answer?.verdict
  return (
    <>
      {verdict && <Tag color={verdictColours[verdict]}>{say(`review:verdict.${verdict}`)}</Tag>}{' '}
      {state !== 'given' && (
        <Tag color={stateColours[state]}>{say(`review:outsideState.${state}`)}</Tag>
      )}
    </>
  )
}

/** Of whoever has an interest, no word is shown. */
function Answer({ place, request }: { place: Place; request: OutsideRequest }) {
  const { say, language, today } = place
  const { answer, answersCount } = request
  if (!answer || outsideStateOf(request, today) === 'setAside') return null
  return (
    <>
      <p class="version">{answer.words}</p>
      <p class="hint">
        {say('review:outside.givenOn')} <InstantText value={answer.givenAt} language={language} />
        {answersCount > 1 && ` ${say('review:outside.revised', { count: answersCount - 1 })}`}
      </p>
    </>
  )
}
