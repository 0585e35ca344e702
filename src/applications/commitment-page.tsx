import { dayOf, type Refusal } from '#kit'
import type { Place } from '#people'
import { DayText, Notice, Page, RefusalSummary, Submit } from '#platform'
import type { Application } from './rules.ts'
import { BackToFile } from './section-page.tsx'

/** The seven commitments of décret 2021-1947, in the order of its annex. */
export const commitments = [
  'law',
  'conscience',
  'members',
  'equality',
  'fraternity',
  'dignity',
  'symbols',
]

export function CommitmentPage({
  place,
  filePath,
  application,
  maySign,
  refusals,
}: {
  place: Place
  filePath: string
  application: Application
  maySign: boolean
  refusals: Refusal[]
}) {
  const { say, language } = place
  const title = say('applications:task.commitment')
  const { commitmentSignedAt } = application
  return (
    <Page frame={place.frame} title={title}>
      <BackToFile say={say} filePath={filePath} />
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <p>{say('applications:commitment.lead')}</p>
        <ol class="ds-list">
          {commitments.map((name) => (
            <li>{say(`applications:commitment.text.${name}`)}</li>
          ))}
        </ol>
        <p class="hint">{say('applications:commitment.consequence')}</p>
        <RefusalSummary filled={{ say, typed: {}, refusals }} />
        {commitmentSignedAt ? (
          <Notice color="success">
            {say('applications:commitment.signed')}{' '}
            <DayText value={dayOf(commitmentSignedAt)} language={language} />
          </Notice>
        ) : (
          <SignForm say={say} maySign={maySign} />
        )}
      </div>
    </Page>
  )
}

function SignForm({ say, maySign }: { say: Place['say']; maySign: boolean }) {
  if (!maySign) return <p>{say('applications:commitment.representativeOnly')}</p>
  return (
    <form method="post">
      <Submit>{say('applications:commitment.sign')}</Submit>
    </form>
  )
}
