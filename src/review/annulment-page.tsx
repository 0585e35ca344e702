import { filePathOf } from '#applications'
import { dayOf } from '#kit'
import { actorOf, type Place, type Role } from '#people'
import {
  AreaField,
  DayText,
  type Filled,
  Notice,
  OnceKey,
  Page,
  RefusalSummary,
  Submit,
} from '#platform'
import { type Finding, findingState } from './annulment.ts'
import { type Subject, subjects } from './eligibility.ts'
import { CheckWords, OutcomeTag } from './tags.tsx'

export type HistoryProps = {
  place: Place
  applicationId: string
  associationName: string
  findings: Finding[]
  filled: Filled
}

/** All that was found about one file, the newest first; nothing is ever taken off it. */
export function HistoryPage(props: HistoryProps) {
  const { place, applicationId, associationName, filled } = props
  const { say } = place
  const title = say('review:annulment.title', { association: associationName })
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <Notice>{say('review:annulment.law')}</Notice>
      <RefusalSummary filled={filled} />
      {subjects.map((subject) => (
        <History {...props} subject={subject} />
      ))}
      {holds(place, 'municipality.agent') && (
        <p>
          <a class="ds-link" href={`${filePathOf(place.path, applicationId)}/review`}>
            {say('review:annulment.back')}
          </a>
        </p>
      )}
    </Page>
  )
}

function History(props: HistoryProps & { subject: Subject }) {
  const { place, findings, subject } = props
  const own = findings.filter((finding) => finding.subject === subject)
  const { say } = place
  return (
    <section class="ds-card stack">
      <h2 class="ds-heading" data-size="sm">
        {say(`review:eligibility.${subject}`)}
      </h2>
      {own.length === 0 && <p>{say('review:annulment.none')}</p>}
      {own.map((finding) => (
        <article class="stack">
          <Entry place={place} finding={finding} />
          <Annulled place={place} finding={finding} />
          <Deeds {...props} finding={finding} />
        </article>
      ))}
    </section>
  )
}

type OfFinding = { place: Place; finding: Finding }

/** Struck through for the eye, and said in words just below. */
function Entry({ place: { say, language }, finding }: OfFinding) {
  const words = (
    <>
      <p>
        <DayText value={dayOf(finding.checkedAt)} language={language} />{' '}
        <OutcomeTag say={say} outcome={finding.outcome} />
      </p>
      <CheckWords say={say} language={language} check={finding} />
    </>
  )
  return findingState(finding) === 'annulled' ? <del>{words}</del> : words
}

function Annulled({ place: { say, language }, finding }: OfFinding) {
  const { annulment } = finding
  if (!annulment) return null
  const state = findingState(finding)
  const day = dayOf(annulment.answer?.at ?? annulment.askedAt)
  return (
    <p>
      <b>{say(`review:annulment.state.${state}`)}</b> <DayText value={day} language={language} />.{' '}
      {say('review:annulment.reasonGiven', { reason: annulment.reason })}
    </p>
  )
}

/** The agent asks, with a reason; the administrator looks again. */
function Deeds({ place, applicationId, finding, filled }: HistoryProps & { finding: Finding }) {
  const { say } = place
  const { subject, rank } = finding
  const state = findingState(finding)
  const here = `${filePathOf(place.path, applicationId)}/eligibility/${subject}/${rank}/annulment`
  if (state === 'standing' && holds(place, 'municipality.agent')) {
    const name = reasonField(finding)
    const isAgain = filled.refusals.some(({ field }) => field === name)
    return (
      <details open={isAgain}>
        <summary>{say('review:annulment.ask')}</summary>
        <form class="stack" method="post" action={here}>
          <OnceKey />
          <AreaField
            filled={filled}
            name={name}
            label={say('review:annulment.reason')}
            hint={say('review:annulment.reasonHint')}
            rows={2}
            required
          />
          <Submit>{say('review:annulment.send')}</Submit>
        </form>
      </details>
    )
  }
  if (state !== 'asked' || !holds(place, 'municipality.admin')) return null
  return (
    <div class="actions">
      <form method="post" action={`${here}/confirmation`}>
        <Submit>{say('review:annulment.confirm')}</Submit>
      </form>
      <form method="post" action={`${here}/refusal`}>
        <button class="ds-button" data-variant="secondary" type="submit">
          {say('review:annulment.refuse')}
        </button>
      </form>
    </div>
  )
}

/** In a small town hall one person may hold both roles; they see what each may do. */
function holds(place: Place, role: Role): boolean {
  return actorOf(place).memberships.some((own) => own.role === role)
}

export function reasonField({ subject, rank }: Pick<Finding, 'subject' | 'rank'>): string {
  return `reason-${subject}-${rank}`
}
