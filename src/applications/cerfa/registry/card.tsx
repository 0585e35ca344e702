import { dayOf, formatDay } from '#kit'
import type { Place } from '#people'
import { type Filled, RefusalSummary, TextField } from '#platform'
import type { Cerfa } from '../file.ts'
import { type RegistryCheck, type RegistrySource, registrySources, stateOf } from './registry.ts'

/** What the public registers were asked and what they answered; never in the way of the form above. */
export function RegistryCard({
  place,
  filePath,
  cerfa,
  filled,
}: {
  place: Place
  filePath: string
  cerfa: Cerfa
  filled: Filled
}) {
  const { say } = place
  const [latest] = cerfa.checks
  return (
    <section class="ds-card narrow" id="registry" tabindex={-1}>
      <h2 class="ds-heading" data-size="sm">
        {say('cerfa:registry.title')}
      </h2>
      <p>{say('cerfa:registry.lead')}</p>
      {latest && (
        <>
          <p>{say('cerfa:registry.asked', { identifier: latest.identifier })}</p>
          <ul class="ds-list">
            {registrySources.map((source) => (
              <li>{outcomeWords(place, latest, source)}</li>
            ))}
          </ul>
        </>
      )}
      <form class="stack" method="post" action={`${filePath}/registry`}>
        <RefusalSummary filled={filled} />
        <TextField
          filled={filled}
          name="identifier"
          label={say('cerfa:registry.identifier')}
          hint={say('cerfa:registry.identifierHint')}
        />
        <button class="ds-button" data-variant="secondary" type="submit">
          {say('cerfa:registry.button')}
        </button>
      </form>
    </section>
  )
}

function outcomeWords(
  { say, language }: Place,
  check: RegistryCheck,
  source: RegistrySource,
): string {
  const last = check.answers.filter((answer) => answer.source === source).at(-1)
  const values = {
    source: say(`cerfa:source.${source}`),
    day: last ? formatDay(dayOf(last.at), language) : '',
  }
  const state = stateOf(check, source)
  if (state === 'answered') return say(`cerfa:registry.${last?.outcome ?? 'unknown'}`, values)
  if (state === 'given up') return say('cerfa:registry.givenUp', values)
  return say(last ? 'cerfa:registry.silent' : 'cerfa:registry.waiting', values)
}
