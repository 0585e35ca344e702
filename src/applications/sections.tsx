import type { Cents } from '#kit'
import type { Place } from '#people'
import { AreaField, Euros, type Filled, SelectField, TextField } from '#platform'
import type { Shown } from './draft-form.tsx'
import { sourcesIn } from './draft-source.ts'
import type { Effect } from './effect.ts'
import { EffectCard } from './effect-card.tsx'
import { SectionPage } from './section-page.tsx'

type Section = { place: Place; shown: Shown; filled: Filled }

export function ProjectPage({ place, shown, filled }: Section) {
  const { say } = place
  const source = sourcesIn(place, shown)
  return (
    <SectionPage
      place={place}
      shown={shown}
      filled={filled}
      title={say('applications:task.project')}
      lead={say('applications:project.lead')}
    >
      <TextField
        filled={filled}
        name="projectTitle"
        label={say('applications:project.title')}
        {...source('projectTitle')}
      />
      <AreaField
        filled={filled}
        name="projectSummary"
        label={say('applications:project.summary')}
        {...source('projectSummary', say('applications:project.summaryHint'))}
        rows={6}
      />
      <AreaField
        filled={filled}
        name="beneficiaries"
        label={say('applications:project.beneficiaries')}
        {...source('beneficiaries', say('applications:project.beneficiariesHint'))}
        rows={3}
      />
    </SectionPage>
  )
}

export function MoneyPage({
  place,
  shown,
  filled,
  envelopes,
  totals,
  effect,
}: Section & {
  envelopes: { id: string; name: string; cashCents: Cents }[]
  /** Where the project's budget is given line by line, it says the totals. */
  totals: { charges: Cents; products: Cents } | undefined
  effect: Effect | undefined
}) {
  const { say, language } = place
  const source = sourcesIn(place, shown)
  const blank = { value: '', label: say('applications:money.chooseEnvelope') }
  const choices = envelopes.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <SectionPage
      place={place}
      shown={shown}
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
          {...source('envelopeId')}
          choices={[blank, ...choices]}
        />
      )}
      <AmountField filled={filled} source={source} name="askedCents" words="asked" />
      <AmountField filled={filled} source={source} name="usefulCents" words="useful" />
      {totals ? (
        <TotalsByLine place={place} shown={shown} totals={totals} />
      ) : (
        <>
          <AmountField filled={filled} source={source} name="budgetChargesCents" words="charges" />
          <AmountField
            filled={filled}
            source={source}
            name="budgetProductsCents"
            words="products"
          />
          <p>
            <a class="ds-link" href={`${shown.filePath}/project-budget`}>
              {say('applications:money.byLine')}
            </a>
          </p>
        </>
      )}
      <AreaField
        filled={filled}
        name="cashFallback"
        label={say('applications:money.fallback')}
        {...source('cashFallback', say('applications:money.fallbackHint'))}
        rows={3}
      />
    </SectionPage>
  )
}

function TotalsByLine({
  place: { say, language },
  shown,
  totals,
}: {
  place: Place
  shown: Shown
  totals: { charges: Cents; products: Cents }
}) {
  return (
    <div>
      <dl class="facts">
        <dt>{say('applications:money.charges')}</dt>
        <dd>
          <Euros value={totals.charges} language={language} />
        </dd>
        <dt>{say('applications:money.products')}</dt>
        <dd>
          <Euros value={totals.products} language={language} />
        </dd>
      </dl>
      <a class="ds-link" href={`${shown.filePath}/project-budget`}>
        {say('applications:money.changeLines')}
      </a>
    </div>
  )
}

function AmountField({
  filled,
  source,
  name,
  words,
}: {
  filled: Filled
  source: ReturnType<typeof sourcesIn>
  name: string
  words: string
}) {
  return (
    <TextField
      filled={filled}
      name={name}
      label={filled.say(`applications:money.${words}`)}
      {...source(name, filled.say(`applications:money.hint.${words}`))}
      inputmode="decimal"
      suffix="€"
    />
  )
}
