import type { Place } from '#people'
import { AreaField, type Filled, InstantText } from '#platform'
import type { Award } from '../store.ts'

/** `bound`: an answer is no longer needed, since the association has signed or was paid. */
export type Answering = 'asked' | 'awaited' | 'bound' | 'answered'

type Props = { place: Place; award: Award; answering: Answering; filled: Filled }

/** Whether the letter was read and what the association answered; its own form while it has not. */
export function AnswerCard(props: Props) {
  const { place, award, answering } = props
  const { say, language } = place
  if (!award.isAdopted || !award.notifiedAt || award.decidedCents === 0n) return null
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:answer.title')}
      </h2>
      <p>
        {award.openedAt ? (
          <>
            {say('awards:answer.opened')} <InstantText value={award.openedAt} language={language} />
          </>
        ) : (
          say('awards:answer.notOpened')
        )}
      </p>
      {award.answer && (
        <>
          <p>
            {say(`awards:answer.${award.answer.answer}`)}{' '}
            <InstantText value={award.answer.answeredAt} language={language} />
          </p>
          {award.answer.words !== '' && <p class="version">{award.answer.words}</p>}
        </>
      )}
      {answering === 'awaited' && <p>{say('awards:answer.waiting')}</p>}
      {answering === 'bound' && <p>{say('awards:answer.bound')}</p>}
      {answering === 'asked' && <AnswerForm {...props} />}
    </section>
  )
}

function AnswerForm({ place, award, filled }: Props) {
  const { say } = place
  return (
    <form class="stack" method="post" action={`${place.path}/decisions/${award.id}/answer`}>
      <AreaField
        filled={filled}
        name="words"
        rows={3}
        label={say('awards:answer.words')}
        hint={say('awards:answer.hint')}
      />
      <div class="row">
        <button class="ds-button" type="submit" name="answer" value="accepted">
          {say('awards:answer.accept')}
        </button>
        <button
          class="ds-button"
          data-variant="secondary"
          type="submit"
          name="answer"
          value="declined"
        >
          {say('awards:answer.decline')}
        </button>
      </div>
    </form>
  )
}
