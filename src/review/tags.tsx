import type { ReadFile } from '#applications'
import type { Cents, Minutes } from '#kit'
import { DayText, Euros, Hours, type Language, type Say, Tag, type TagColor } from '#platform'
import { type EligibilityCheck, isEligible, type Outcome } from './eligibility.ts'
import type { CompletenessState } from './rules.ts'

const completenessColours: Record<CompletenessState, TagColor> = {
  unchecked: 'info',
  incomplete: 'warning',
  answered: 'info',
  complete: 'success',
}

export function CompletenessTag({ say, state }: { say: Say; state: CompletenessState }) {
  return <Tag color={completenessColours[state]}>{say(`review:completeness.${state}`)}</Tag>
}

export function OutcomeTag({ say, outcome }: { say: Say; outcome: Outcome | undefined }) {
  if (!outcome) return <Tag color="info">{say('review:outcome.unknown')}</Tag>
  return <Tag color={colourOf(outcome)}>{say(`review:outcome.${outcome}`)}</Tag>
}

function colourOf(outcome: Outcome): TagColor {
  if (isEligible(outcome)) return 'success'
  return outcome === 'ineligible' ? 'danger' : 'warning'
}

/** The last check in words: on what ground, on what evidence, until when. */
export function CheckWords({
  say,
  language,
  check,
  pieces,
}: {
  say: Say
  language: Language
  check: EligibilityCheck
  /** Where the pieces of the file are read, for whoever reads them. */
  pieces?: Pick<ReadFile, 'path' | 'pieces'>
}) {
  const piece = pieces?.pieces.find(({ id }) => id === check.evidencePieceId)
  return (
    <p class="hint">
      {say(`review:basis.${check.basis}`)}
      {check.evidence && ` — ${check.evidence}`}
      {piece && (
        <>
          {' — '}
          <a class="ds-link" href={`${pieces?.path}/pieces/${piece.id}`}>
            {piece.fileName}
          </a>
        </>
      )}
      {check.expiresOn && (
        <>
          {' · '}
          {say('review:eligibility.until')} <DayText value={check.expiresOn} language={language} />
        </>
      )}
    </p>
  )
}

type OrNone<Value> = { value: Value | undefined; language: Language }

/** A dash is not a zero: nothing has been said yet. */
export function EurosOrNone({ value, language }: OrNone<Cents>) {
  return value === undefined ? <>—</> : <Euros value={value} language={language} />
}

export function HoursOrNone({ value, language }: OrNone<Minutes>) {
  return value === undefined ? <>—</> : <Hours value={value} language={language} />
}
