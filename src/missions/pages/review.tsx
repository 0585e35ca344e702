import type { Place } from '#people'
import { type Filled, Notice, Page, RefusalSummary, Submit, TextField } from '#platform'
import { goals, type Mission, type Review, type ReviewSide } from '../rules/index.ts'
import type { MissionProps } from './mission.tsx'

/** On the mission's page, to the two who are asked. */
export function ReviewCard({ place, mission, review }: MissionProps) {
  const { say, path } = place
  if (!review) return null
  const isAsked = review === 'asked'
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('reviews:card.title')}
      </h2>
      <p class="ds-paragraph">{say(`reviews:card.${review}`)}</p>
      <a class={isAsked ? 'ds-button' : 'ds-link'} href={`${path}/missions/${mission.id}/review`}>
        {say(`reviews:card.${isAsked ? 'answer' : 'read'}`)}
      </a>
    </section>
  )
}

type ReviewProps = {
  place: Place
  mission: Mission
  side: ReviewSide
  reviews: Review[]
  isOver: boolean
  filled: Filled
}

/** Three questions for one side; once both have spoken, each reads the other. */
export function ReviewPage(props: ReviewProps) {
  const { place, mission, side, reviews, isOver } = props
  const { say } = place
  const own = reviews.find((one) => one.side === side)
  const other = own && reviews.find((one) => one.side !== side)
  return (
    <Page frame={place.frame} title={say('reviews:title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('reviews:title')}
      </h1>
      <p class="lead">
        {mission.title} · {mission.associationName}
      </p>
      {!isOver && <Notice>{say('reviews:refused.notOver')}</Notice>}
      {isOver && !own && <ReviewForm {...props} />}
      {own && (
        <>
          <Notice color="success">{say('reviews:thanks')}</Notice>
          <Answers {...props} review={own} title={say('reviews:own')} />
          {!other && <p class="hint">{say('reviews:waits')}</p>}
        </>
      )}
      {other && <Answers {...props} review={other} title={say(`reviews:other.${other.side}`)} />}
    </Page>
  )
}

function ReviewForm({ place, mission, side, filled }: ReviewProps) {
  const { say, path } = place
  return (
    <form
      class="ds-card stack narrow"
      method="post"
      action={`${path}/missions/${mission.id}/review`}
    >
      <RefusalSummary filled={filled} />
      <Radios
        {...{ filled, name: 'goal', question: say('reviews:goal.question') }}
        values={goals}
      />
      <Radios
        {...{ filled, name: 'wouldAgain', question: say(`reviews:again.${side}`) }}
        values={['yes', 'no']}
      />
      <TextField
        {...{ filled, name: 'words', label: say('reviews:words') }}
        hint={say(`reviews:wordsHint.${side}`)}
      />
      <Submit>{say('reviews:send')}</Submit>
    </form>
  )
}

type RadiosProps = { filled: Filled; name: string; question: string; values: readonly string[] }

function Radios({ filled, name, question, values }: RadiosProps) {
  const { say, typed, refusals } = filled
  const own = refusals.filter(({ field }) => field === name)
  return (
    <fieldset class="ds-fieldset stack" id={name} tabindex={-1}>
      <legend class="ds-label">{question}</legend>
      {values.map((value) => (
        <div class="ds-field check">
          <input
            class="ds-input"
            type="radio"
            id={`${name}-${value}`}
            name={name}
            value={value}
            checked={typed[name] === value}
          />
          <label class="ds-label" for={`${name}-${value}`}>
            {say(`reviews:${name}.${value}`)}
          </label>
        </div>
      ))}
      {own.map(({ code, values: said }) => (
        <p class="ds-validation-message" data-color="danger">
          {say(code, said)}
        </p>
      ))}
    </fieldset>
  )
}

function Answers({ place, review, title }: ReviewProps & { review: Review; title: string }) {
  const { say } = place
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {title}
      </h2>
      <dl class="facts">
        <dt>{say('reviews:goal.question')}</dt>
        <dd>{say(`reviews:goal.${review.goal}`)}</dd>
        <dt>{say(`reviews:again.${review.side}`)}</dt>
        <dd>{say(`reviews:wouldAgain.${review.wouldAgain ? 'yes' : 'no'}`)}</dd>
        {review.words && (
          <>
            <dt>{say('reviews:words')}</dt>
            <dd>{review.words}</dd>
          </>
        )}
      </dl>
    </section>
  )
}
