import type { Place } from '#people'
import { Euros, Hours, TableCard } from '#platform'
import type { Total } from '../totals.ts'

/** One line an organisation, and the whole below: ready to be copied in a declaration. */
export function Totals({
  place,
  title,
  lead,
  totals,
  whole,
}: {
  place: Place
  title: string
  lead: string
  totals: Total[]
  whole: Total
}) {
  const { say } = place
  return (
    <TableCard title={title} lead={lead}>
      <thead>
        <tr>
          <th scope="col">{say('receipts:column.organisation')}</th>
          <th scope="col" class="num">
            {say('receipts:column.count')}
          </th>
          <th scope="col" class="num">
            {say('receipts:column.hours')}
          </th>
          <th scope="col" class="num">
            {say('receipts:column.value')}
          </th>
        </tr>
      </thead>
      <tbody>
        {totals.map((total) => (
          <Line place={place} total={total} />
        ))}
      </tbody>
      <tfoot>
        <Line place={place} total={whole} />
      </tfoot>
    </TableCard>
  )
}

function Line({ place: { language }, total }: { place: Place; total: Total }) {
  return (
    <tr>
      <th scope="row">{total.name}</th>
      <td class="num">{total.receiptsCount}</td>
      <td class="num">
        <Hours value={total.minutes} language={language} />
      </td>
      <td class="num">
        <Euros value={total.valueCents} language={language} />
      </td>
    </tr>
  )
}
