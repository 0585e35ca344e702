import type { Cents } from '#kit'
import type { Place } from '#people'
import { AreaField, type Filled, SelectField, TextField } from '#platform'
import type { Effect } from './effect.ts'
import { EffectCard } from './effect-card.tsx'
import { SectionPage } from './section-page.tsx'

type Section = { place: Place; filePath: string; filled: Filled }

export function ProjectPage({ place, filePath, filled }: Section) {
  const { say } = place
  return (
    <SectionPage
      place={place}
      filePath={filePath}
      filled={filled}
      title={say('applications:task.project')}
      lead={say('applications:project.lead')}
    >
      <TextField filled={filled} name="projectTitle" label={say('applications:project.title')} />
      <AreaField
        filled={filled}
        name="projectSummary"
        label={say('applications:project.summary')}
        hint={say('applications:project.summaryHint')}
        rows={6}
      />
      <AreaField
        filled={filled}
        name="beneficiaries"
        label={say('applications:project.beneficiaries')}
        hint={say('applications:project.beneficiariesHint')}
        rows={3}
      />
    </SectionPage>
  )
}

export function MoneyPage({
  place,
  filePath,
  filled,
  envelopes,
  effect,
}: Section & {
  envelopes: { id: string; name: string; cashCents: Cents }[]
  effect: Effect | undefined
}) {
  const { say, language } = place
  const blank = { value: '', label: say('applications:money.chooseEnvelope') }
  const choices = envelopes.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <SectionPage
      place={place}
      filePath={filePath}
      filled={filled}
      title={say('applications:task.money')}
      lead={say('applications:money.lead')}
      after={effect && <EffectCard say={say} language={language} effect={effect} />}
    >
      {choices.length > 1 && (
        <SelectField
          filled={filled}
          name="envelopeId"
          label={say('applications:money.envelope')}
          choices={[blank, ...choices]}
        />
      )}
      <AmountField filled={filled} name="askedCents" words="asked" />
      <AmountField filled={filled} name="usefulCents" words="useful" />
      <AmountField filled={filled} name="budgetChargesCents" words="charges" />
      <AmountField filled={filled} name="budgetProductsCents" words="products" />
      <AreaField
        filled={filled}
        name="cashFallback"
        label={say('applications:money.fallback')}
        hint={say('applications:money.fallbackHint')}
        rows={3}
      />
    </SectionPage>
  )
}

function AmountField({ filled, name, words }: { filled: Filled; name: string; words: string }) {
  return (
    <TextField
      filled={filled}
      name={name}
      label={filled.say(`applications:money.${words}`)}
      hint={filled.say(`applications:money.hint.${words}`)}
      inputmode="decimal"
      suffix="€"
    />
  )
}
