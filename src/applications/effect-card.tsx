import { Euros, Hours, type Language, type Say } from '#platform'
import type { Effect } from './effect.ts'
import { Card } from './facts.tsx'

/** Last year, the fall to expect, and what the hours asked would weigh beside it. */
export function EffectCard({
  say,
  language,
  effect,
}: {
  say: Say
  language: Language
  effect: Effect
}) {
  const { baselineCents, fallCents, askedMinutes, indicativeCents, percent } = effect
  return (
    <Card title={say('applications:effect.title')}>
      <dl class="facts">
        <dt>{say('applications:effect.lastYear')}</dt>
        <dd>
          <Euros value={baselineCents} language={language} />
        </dd>
        {fallCents > 0n && (
          <>
            <dt>{say('applications:effect.fall')}</dt>
            <dd>
              −<Euros value={fallCents} language={language} />
            </dd>
          </>
        )}
        <dt>{say('applications:effect.hours')}</dt>
        <dd>
          <Hours value={askedMinutes} language={language} />
        </dd>
        <dt>{say('applications:effect.indicative')}</dt>
        <dd>
          <Euros value={indicativeCents} language={language} />
          {percent !== undefined && ` — ${say('applications:effect.share', { percent })}`}
        </dd>
      </dl>
      <p class="hint">{say('applications:effect.note')}</p>
    </Card>
  )
}
