import { type Cents, formatEuros } from '#kit'
import { Euros, Figure, Hours } from '#platform'
import { type Figures, lowestOf, type ProposedLine, percentOf } from './lines.ts'
import { percentText } from './percent.ts'
import type { Words } from './words.ts'

type FiguresView = {
  words: Words
  year: number
  figures: Figures
  /** Those that this reader may see: the worst served is named among them. */
  lines: ProposedLine[]
}

export function SplitFigures({ words, year, figures, lines }: FiguresView) {
  const { say, language } = words
  const euros = (value: Cents) => formatEuros(value, language)
  const lowest = lowestOf(lines)
  const compensated = percentOf(figures.compensatedCents, figures.fallCents)
  return (
    <section class="figures" aria-label={say('scenarios:keyFigures')}>
      <Figure
        label={say('scenarios:envelope')}
        note={say('scenarios:envelopeNote', {
          given: euros(figures.cashCents),
          before: euros(figures.baselineCents),
          year: year - 1,
        })}
      >
        <Euros value={figures.envelopeCents} language={language} />
      </Figure>
      <Figure
        label={say('scenarios:hoursUsed')}
        note={
          <>
            {say('scenarios:hoursOf')} <Hours value={figures.supplyMinutes} language={language} />{' '}
            {say('scenarios:offeredBy', { count: figures.companyCount })}
          </>
        }
      >
        <Hours value={figures.usedMinutes} language={language} />
      </Figure>
      <Figure
        label={say('scenarios:compensated')}
        note={say('scenarios:compensatedNote', {
          part: euros(figures.compensatedCents),
          whole: euros(figures.fallCents),
        })}
      >
        {compensated === undefined
          ? say('scenarios:noFall')
          : percentText(compensated / 100, language)}
      </Figure>
      <Figure
        label={say('scenarios:lowest')}
        note={
          lowest
            ? say('scenarios:lowestNote', { name: lowest.associationName })
            : say('scenarios:everyoneServed')
        }
      >
        {lowest ? percentText(lowest.ratio, language) : '—'}
      </Figure>
    </section>
  )
}
