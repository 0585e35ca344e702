import { dayFormat, formatHours } from '#kit'
import type { Place } from '#people'
import { Hours, TableCard } from '#platform'
import type { CsrFigures, GiftHours } from './figures.ts'
import { measures, siteName } from './files.ts'

/** Promised, allocated, done, confirmed, left: one line a skill or a site, the whole below. */
export function HoursTable({
  place,
  title,
  head,
  lines,
  total,
}: {
  place: Place
  title: string
  head: string
  lines: ({ name: string } & GiftHours)[]
  total: GiftHours
}) {
  const { say } = place
  return (
    <TableCard title={title}>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {measures.map((measure) => (
            <th scope="col" class="num">
              {say(`impact:csr.measure.${measure}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <HoursLine place={place} line={line} />
        ))}
      </tbody>
      <tfoot>
        <HoursLine place={place} line={{ ...total, name: say('impact:csr.total') }} />
      </tfoot>
    </TableCard>
  )
}

function HoursLine({ place, line }: { place: Place; line: { name: string } & GiftHours }) {
  return (
    <tr>
      <th scope="row">{line.name}</th>
      {measures.map((measure) => (
        <td class="num">
          <Hours value={line[`${measure}Minutes`]} language={place.language} />
        </td>
      ))}
    </tr>
  )
}

/** By the day of the work; the bar only repeats the confirmed hours. */
export function MonthTable({
  place,
  months,
  total,
}: {
  place: Place
  months: CsrFigures['months']
  total: GiftHours
}) {
  const { say, language } = place
  const most = Math.max(...months.map(({ doneMinutes }) => Number(doneMinutes)))
  return (
    <TableCard title={say('impact:csr.byMonth')}>
      <thead>
        <tr>
          <th scope="col">{say('impact:csr.month')}</th>
          <th scope="col" class="num">
            {say('impact:csr.measure.done')}
          </th>
          <th scope="col" class="num">
            {say('impact:csr.measure.confirmed')}
          </th>
          <th scope="col">{say('impact:csr.bar')}</th>
        </tr>
      </thead>
      <tbody>
        {months.map(({ month, doneMinutes, confirmedMinutes }) => (
          <tr>
            <th scope="row">{monthName(month, language)}</th>
            <Worked of={{ doneMinutes, confirmedMinutes }} language={language} />
            <td>
              <meter
                min={0}
                max={most}
                value={Number(confirmedMinutes)}
                aria-label={formatHours(confirmedMinutes, language)}
              />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{say('impact:csr.total')}</th>
          <Worked of={total} language={language} />
          <td />
        </tr>
      </tfoot>
    </TableCard>
  )
}

/** Of each site, what was worked in each month. */
export function SiteMonthTable({
  place,
  lines,
  total,
}: {
  place: Place
  lines: CsrFigures['siteMonths']
  total: GiftHours
}) {
  const { say, language } = place
  return (
    <TableCard title={say('impact:csr.bySiteAndMonth')}>
      <thead>
        <tr>
          <th scope="col">{say('impact:csr.site')}</th>
          <th scope="col">{say('impact:csr.month')}</th>
          {worked.map((measure) => (
            <th scope="col" class="num">
              {say(`impact:csr.measure.${measure}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr>
            <th scope="row">{siteName(line.sites, say)}</th>
            <td>{monthName(line.month, language)}</td>
            <Worked of={line} language={language} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{say('impact:csr.total')}</th>
          <td />
          <Worked of={total} language={language} />
        </tr>
      </tfoot>
    </TableCard>
  )
}

const worked = ['done', 'confirmed'] as const

function Worked({
  of,
  language,
}: {
  of: Pick<GiftHours, 'doneMinutes' | 'confirmedMinutes'>
  language: Place['language']
}) {
  return (
    <>
      {worked.map((measure) => (
        <td class="num">
          <Hours value={of[`${measure}Minutes`]} language={language} />
        </td>
      ))}
    </>
  )
}

/** `mai 2027` of `2027-05`. */
function monthName(month: string, language: Place['language']): string {
  return dayFormat(language, { month: 'long', year: 'numeric' }).format(new Date(`${month}-15`))
}
