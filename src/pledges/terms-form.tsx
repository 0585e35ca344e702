import { formatCount, formatHours, minutes } from '#kit'
import { CheckField, type Filled, type Language, TextField } from '#platform'
import { causes } from './causes.ts'
import type { Terms } from './terms.ts'

/** Folded away: the promise itself takes two minutes, on a phone too. */
export function TermsFields({ filled }: { filled: Filled }) {
  const { say } = filled
  return (
    <details class="stack" open={isTold(filled)}>
      <summary>{say('pledges:terms.title')}</summary>
      <div class="stack">
        <TextField
          {...{ filled, name: 'sites', label: say('pledges:terms.sites') }}
          hint={say('pledges:terms.sitesHint')}
        />
        <TextField
          {...{ filled, name: 'employeesMax', label: say('pledges:terms.employeesMax') }}
          inputmode="numeric"
        />
        <div class="row">
          <TextField
            {...{ filled, name: 'policyDays', label: say('pledges:terms.policyDays') }}
            inputmode="decimal"
          />
          <TextField
            {...{ filled, name: 'seniorityMonths', label: say('pledges:terms.seniorityMonths') }}
            inputmode="numeric"
          />
          <TextField
            {...{ filled, name: 'endOfCareer', label: say('pledges:terms.endOfCareer') }}
            inputmode="decimal"
            suffix="h"
          />
        </div>
        <Causes filled={filled} kind="prefer" />
        <Causes filled={filled} kind="exclude" />
      </div>
    </details>
  )
}

/** What was answered, or refused, is not folded away. */
function isTold({ typed }: Filled): boolean {
  const names = ['sites', 'employeesMax', 'policyDays', 'seniorityMonths', 'endOfCareer']
  return Object.entries(typed).some(
    ([name, value]) => value !== '' && (names.includes(name) || /^(prefer|exclude)-/.test(name)),
  )
}

function Causes({ filled, kind }: { filled: Filled; kind: 'prefer' | 'exclude' }) {
  const { say } = filled
  return (
    <fieldset class="stack">
      <legend>{say(`pledges:terms.${kind}`)}</legend>
      <div class="row">
        {causes.map((cause) => (
          <CheckField
            filled={filled}
            name={`${kind}-${cause}`}
            label={say(`pledges:cause.${cause}`)}
          />
        ))}
      </div>
    </fieldset>
  )
}

type Shown = { terms: Terms; say: Filled['say']; language: Language }

/** The lines of a list of facts: only what the company said. */
export function TermsFacts({ terms, say, language }: Shown) {
  const named = (list: string[]) => list.map((cause) => say(`pledges:cause.${cause}`)).join(', ')
  const weekly = terms.endOfCareerWeeklyMinutes
  const count = (value: number | null) => (value === null ? '' : formatCount(value, language))
  const facts = {
    sites: terms.sites,
    employeesMax: count(terms.employeesMax),
    policyDays: terms.halfDaysEach === null ? '' : count(terms.halfDaysEach / 2),
    seniorityMonths: count(terms.seniorityMonths),
    endOfCareer: weekly === null ? '' : formatHours(minutes(weekly), language),
    prefer: named(terms.preferredCauses),
    exclude: named(terms.excludedCauses),
  }
  return (
    <>
      {Object.entries(facts)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <>
            <dt>{say(`pledges:terms.${name}`)}</dt>
            <dd>{value}</dd>
          </>
        ))}
    </>
  )
}
