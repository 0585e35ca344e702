import type { Child } from 'hono/jsx'
import type { Place } from '#people'
import { DayText } from '#platform'
import { SectionCard, type Shown } from './file-page.tsx'
import type { PastGrant } from './past.ts'
import { EurosOrNone, HoursOrNone } from './tags.tsx'

/** What this association received from the commune before; euros in one table, hours in another. */
export function PastCard({ place, view }: Shown) {
  const { say } = place
  const { past } = view
  return (
    <SectionCard title={say('review:past.title')}>
      {past.length === 0 ? (
        <p>{say('review:past.none')}</p>
      ) : (
        <>
          <p class="hint">{say('review:past.hint')}</p>
          <CashTable place={place} past={past} />
          <HoursTable place={place} past={past.filter(({ hours }) => hours)} />
        </>
      )}
    </SectionCard>
  )
}

type TableProps = { place: Place; past: PastGrant[] }

const cashSteps = ['asked', 'proposed', 'decided', 'paid'] as const
const hoursSteps = ['asked', 'proposed', 'decided'] as const

function CashTable({ place, past }: TableProps) {
  const { say, language } = place
  return (
    <PastTable
      place={place}
      title={say('review:amounts.cash')}
      heads={cashSteps.map((step) => say(`review:past.${step}`))}
      past={past}
      cells={({ cash }) =>
        cashSteps.map((step) => <EurosOrNone value={cash[step]} language={language} />)
      }
    />
  )
}

function HoursTable({ place, past }: TableProps) {
  const { say, language } = place
  if (past.length === 0) return null
  return (
    <PastTable
      place={place}
      title={say('review:amounts.hours')}
      heads={hoursSteps.map((step) => say(`review:past.${step}`))}
      past={past}
      cells={({ hours }) =>
        hoursSteps.map((step) => <HoursOrNone value={hours?.[step]} language={language} />)
      }
    />
  )
}

function PastTable({
  place,
  title,
  heads,
  past,
  cells,
}: TableProps & { title: string; heads: string[]; cells: (grant: PastGrant) => Child[] }) {
  const { say } = place
  return (
    <section class="table-scroll" tabindex={0} aria-label={title}>
      <table class="ds-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{say('review:past.year')}</th>
            <th scope="col">{say('review:past.source')}</th>
            {heads.map((head) => (
              <th scope="col" class="num">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {past.map((grant) => (
            <tr>
              <th scope="row">{grant.year}</th>
              <td>
                <Source place={place} grant={grant} />
              </td>
              {cells(grant).map((cell) => (
                <td class="num">{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Source({ place, grant: { source, purpose } }: { place: Place; grant: PastGrant }) {
  const { say, language } = place
  return (
    <>
      {source.kind === 'vote' && (
        <>
          {say('review:past.vote', { number: source.number })}{' '}
          <DayText value={source.heldOn} language={language} />
        </>
      )}
      {source.kind === 'file' && say('review:past.file', { name: source.name })}
      {source.kind === 'typed' && say('review:past.typed')}
      {purpose && <small> {purpose}</small>}
    </>
  )
}
