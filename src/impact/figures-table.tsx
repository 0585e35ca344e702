import type { Campaign } from '#campaigns'
import { formatEuros, formatHours, numberFormat } from '#kit'
import { Euros, Figure, Hours, type Language, type Say } from '#platform'
import type { AssociationFigures, SeasonFigures } from './figures.ts'

type Shown = { campaign: Campaign; say: Say; language: Language }

/** Cash, fall, hours, share compensated: always the three figures together (DOMAIN 8.5). */
export function FourFigures({
  campaign,
  total,
  say,
  language,
}: Shown & { total: SeasonFigures['total'] }) {
  const value = formatEuros(total.doneValueCents, language)
  return (
    <section class="figures" aria-label={say('impact:keyFigures')}>
      <Figure
        label={say('impact:cash')}
        note={say('impact:cashNote', {
          year: campaign.year - 1,
          amount: formatEuros(total.lastYearCents, language),
        })}
      >
        <Euros value={total.cashCents} language={language} />
      </Figure>
      <Figure label={say('impact:fall')} note={say('impact:fallNote')}>
        {total.fallCents > 0n ? (
          <Euros value={total.fallCents} language={language} />
        ) : (
          say('impact:noFall')
        )}
      </Figure>
      <Figure
        label={say('impact:hours')}
        note={say('impact:hoursNote', { awarded: formatHours(total.awardedMinutes, language) })}
      >
        <Hours value={total.doneMinutes} language={language} />
      </Figure>
      <Figure label={say('impact:compensated')} note={say('impact:compensatedNote', { value })}>
        {percent(total.compensationPercent, language)}
      </Figure>
    </section>
  )
}

export function FiguresTable({
  campaign,
  figures,
  say,
  language,
}: Shown & { figures: SeasonFigures }) {
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('impact:byAssociation')}>
      <table class="ds-table" data-size="sm">
        <caption class="visually-hidden">{say('impact:byAssociation')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('impact:association')}</th>
            <th scope="col" class="num">
              {campaign.year - 1}
            </th>
            <th scope="col" class="num">
              {say('impact:cashColumn', { year: campaign.year })}
            </th>
            <th scope="col" class="num">
              {say('impact:fallColumn')}
            </th>
            <th scope="col" class="num">
              {say('impact:awardedColumn')}
            </th>
            <th scope="col" class="num">
              {say('impact:doneColumn')}
            </th>
            <th scope="col" class="num">
              {say('impact:valueColumn')}
            </th>
            <th scope="col" class="num">
              {say('impact:compensatedColumn')}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.lines.map((line) => (
            <Line line={line} language={language} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Line({ line, language }: { line: AssociationFigures; language: Language }) {
  return (
    <tr>
      <th scope="row">{line.name}</th>
      <td class="num">
        <Euros value={line.lastYearCents} language={language} />
      </td>
      <td class="num">
        <Euros value={line.cashCents} language={language} />
      </td>
      <td class="num">
        {line.fallCents > 0n ? <Euros value={line.fallCents} language={language} /> : '–'}
      </td>
      <td class="num">
        <Hours value={line.awardedMinutes} language={language} />
      </td>
      <td class="num">
        <Hours value={line.doneMinutes} language={language} />
      </td>
      <td class="num">
        <Euros value={line.doneValueCents} language={language} />
      </td>
      <td class="num">{percent(line.compensationPercent, language)}</td>
    </tr>
  )
}

function percent(value: number | undefined, language: Language): string {
  if (value === undefined) return '–'
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value / 100)
}
