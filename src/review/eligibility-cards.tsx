import { filePathOf } from '#applications'
import {
  AreaField,
  DayText,
  type Filled,
  Notice,
  type Say,
  SelectField,
  TextField,
} from '#platform'
import {
  type Answers,
  answerChoices,
  cashBases,
  criteriaOfGeneralInterest,
  expiresBefore,
  hoursBases,
  outcomeOn,
  type Subject,
} from './eligibility.ts'
import { PlainSubmit, SectionCard, type Shown } from './file-page.tsx'
import { CheckWords, OutcomeTag } from './tags.tsx'

export function CashCard(shown: Shown) {
  const { place, filled } = shown
  const { say } = place
  return (
    <SectionCard title={say('review:eligibility.cash')}>
      <LastCheck {...shown} subject="cash" />
      <div class="stack">
        <BasisField filled={filled} subject="cash" bases={cashBases} />
        <AreaField
          filled={filled}
          name="cashEvidence"
          label={say('review:eligibility.evidence')}
          rows={2}
        />
        <EvidenceFields {...shown} subject="cash" />
        <PlainSubmit to={actionOf(shown, 'cash')}>{say('review:eligibility.save')}</PlainSubmit>
      </div>
    </SectionCard>
  )
}

export function HoursCard(shown: Shown) {
  const { place, view, filled } = shown
  const { say } = place
  return (
    <SectionCard title={say('review:eligibility.hours')}>
      <LastCheck {...shown} subject="hours" />
      <p class="hint">{say('review:eligibility.hoursNote')}</p>
      <div class="stack">
        <BasisField filled={filled} subject="hours" bases={hoursBases} />
        <AreaField
          filled={filled}
          name="hoursEvidence"
          label={say('review:eligibility.evidence')}
          hint={say('review:eligibility.hoursEvidenceHint')}
          rows={2}
        />
        <EvidenceFields {...shown} subject="hours" />
        <details open={filled.refusals.some(({ field }) => /^e\d$/.test(field ?? ''))}>
          <summary>{say('review:eligibility.declarationAnswers')}</summary>
          <AnswerFields filled={filled} known={view.eligibilities.hours?.answers ?? {}} />
        </details>
        <PlainSubmit to={actionOf(shown, 'hours')}>{say('review:eligibility.save')}</PlainSubmit>
      </div>
    </SectionCard>
  )
}

/** The piece that shows it, where there is one, and until when it does. */
function EvidenceFields({ view, filled, subject }: Shown & { subject: Subject }) {
  const { say } = filled
  const none = { value: '', label: say('review:eligibility.noPiece') }
  const pieces = view.file.pieces.map(({ id, fileName }) => ({ value: id, label: fileName }))
  return (
    <>
      {pieces.length > 0 && (
        <SelectField
          filled={filled}
          name={`${subject}Piece`}
          label={say('review:eligibility.piece')}
          choices={[none, ...pieces]}
        />
      )}
      <TextField
        filled={filled}
        name={`${subject}ExpiresOn`}
        type="date"
        label={say('review:eligibility.expiresOn')}
        hint={say('review:eligibility.expiresOnHint')}
      />
    </>
  )
}

/** E1 to E7, each answered by yes, no, or "I do not know". */
export function AnswerFields({ filled, known }: { filled: Filled; known: Answers }) {
  const { say } = filled
  const choices = [
    { value: '', label: say('review:answer.none') },
    ...answerChoices.map((value) => ({ value, label: say(`review:answer.${value}`) })),
  ]
  return (
    <div class="stack">
      {criteriaOfGeneralInterest.map((criterion) => (
        <SelectField
          filled={filled}
          name={criterion}
          label={say(`review:generalInterest.${criterion}`)}
          value={known[criterion]}
          choices={choices}
        />
      ))}
    </div>
  )
}

function LastCheck({ place, view, subject }: Shown & { subject: Subject }) {
  const { say, language, today } = place
  const check = view.eligibilities[subject]
  const outcome = outcomeOn(check, today)
  const hasExpired = check !== undefined && outcome === undefined
  return (
    <>
      <p>
        <OutcomeTag say={say} outcome={outcome} /> {hasExpired && say('review:eligibility.expired')}
      </p>
      {check && <CheckWords say={say} language={language} check={check} pieces={view.file} />}
      <p>
        <a class="ds-link" href={`${filePathOf(place.path, view.application.id)}/eligibility`}>
          {say('review:annulment.link')}
          <span class="visually-hidden"> {say(`review:eligibility.${subject}`)}</span>
        </a>
      </p>
      {!hasExpired && expiresBefore(check, view.campaign.councilOn) && (
        <Notice color="warning">
          {say('review:eligibility.beforeCouncil')}{' '}
          <DayText value={view.campaign.councilOn} language={language} />.
        </Notice>
      )}
    </>
  )
}

function BasisField({
  filled,
  subject,
  bases,
}: {
  filled: Filled
  subject: Subject
  bases: readonly string[]
}) {
  const { say } = filled
  return (
    <SelectField
      filled={filled}
      name={`${subject}Basis`}
      label={say('review:eligibility.basis')}
      choices={basisChoices(say, bases)}
    />
  )
}

function basisChoices(say: Say, bases: readonly string[]) {
  // Nothing is chosen beforehand: a right is found, not assumed.
  return [
    { value: '', label: say('review:eligibility.chooseBasis') },
    ...bases.map((value) => ({ value, label: say(`review:basis.${value}`) })),
  ]
}

function actionOf({ place, view }: Shown, subject: Subject): string {
  return `${filePathOf(place.path, view.application.id)}/eligibility/${subject}`
}
