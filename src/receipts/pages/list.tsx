import type { Campaign } from '#campaigns'
import { dayOf, formatEuros, formatHours } from '#kit'
import type { Mission } from '#missions'
import type { Place } from '#people'
import { DayText, Euros, Figure, Hours, lawOn, Notice, Page, TableCard, Tag } from '#platform'
import { type Receipt, receiptNumber, type Step } from '../issue.ts'
import { aggregateCents, livingOf, totalOf, totalsBy } from '../totals.ts'
import { Totals } from './totals.tsx'

export type ListProps = {
  place: Place
  campaign: Campaign
  part: 'company' | 'association' | 'commune'
  todo: { mission: Mission; step: Step }[]
  receipts: Receipt[]
}

export function ReceiptsPage(props: ListProps) {
  const { place, campaign, part } = props
  const { say } = place
  return (
    <Page frame={place.frame} title={say('receipts:title')}>
      <div class="head">
        <h1 class="ds-heading" data-size="lg">
          {say('receipts:heading', { year: campaign.year })}
        </h1>
        {part !== 'commune' && (
          <a
            class="ds-button"
            data-variant="secondary"
            href={`${place.path}/${campaign.year}/${part === 'company' ? 'csr' : 'contributions'}`}
          >
            {say(`receipts:neighbour.${part}`)}
          </a>
        )}
      </div>
      <p class="lead">{say(`receipts:lead.${part}`)}</p>
      <Summary {...props} />
      {part !== 'commune' && (
        <>
          <Todo {...props} />
          <Issued {...props} />
          <Declaration {...props} />
        </>
      )}
    </Page>
  )
}

function Summary({ place, part, receipts }: ListProps) {
  const { say, language } = place
  const total = totalOf('', livingOf(receipts))
  const { aggregatePersonsMin } = lawOn(place.today)
  const shown =
    part === 'commune' ? aggregateCents(receipts, aggregatePersonsMin) : total.valueCents
  return (
    <div class="figures">
      <Figure label={say('receipts:figure.receipts')}>{String(total.receiptsCount)}</Figure>
      <Figure label={say('receipts:figure.hours')}>{formatHours(total.minutes, language)}</Figure>
      <Figure
        label={say('receipts:figure.value')}
        note={
          shown === undefined
            ? say('receipts:figure.tooFew', { count: aggregatePersonsMin })
            : undefined
        }
      >
        {shown === undefined ? '—' : formatEuros(shown, language)}
      </Figure>
    </div>
  )
}

function Todo({ place, part, todo }: ListProps) {
  const { say } = place
  const mine = todo.filter(({ step }) => step === (part === 'company' ? 'toValue' : 'toIssue'))
  const page = part === 'company' ? 'valuation' : 'receipt'
  if (mine.length === 0) return <Notice>{say(`receipts:nothingToDo.${part}`)}</Notice>
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say(`receipts:todo.${part}`)}
      </h2>
      <ul class="todo">
        {mine.map(({ mission }) => (
          <li class="hours">
            <span>
              {mission.title} — {part === 'company' ? mission.associationName : mission.companyName}
            </span>
            <a
              class="ds-button"
              data-size="sm"
              href={`${place.path}/missions/${mission.id}/${page}`}
            >
              {say(`receipts:open.${part}`)}
              <span class="visually-hidden"> {mission.title}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Issued({ place, part, receipts }: ListProps) {
  const { say, language } = place
  if (receipts.length === 0) return null
  return (
    <TableCard title={say('receipts:issued')}>
      <thead>
        <tr>
          <th scope="col">{say('receipts:column.number')}</th>
          <th scope="col">{say(`receipts:column.other.${part}`)}</th>
          <th scope="col">{say('receipts:column.date')}</th>
          <th scope="col" class="num">
            {say('receipts:column.hours')}
          </th>
          <th scope="col" class="num">
            {say('receipts:column.value')}
          </th>
          <th scope="col">{say('receipts:column.state')}</th>
        </tr>
      </thead>
      <tbody>
        {receipts.map((receipt) => (
          <tr>
            <th scope="row">
              <a class="ds-link" href={`${place.path}/receipts/${receipt.id}.pdf`}>
                {receiptNumber(receipt)}
              </a>
            </th>
            <td>{part === 'company' ? receipt.associationName : receipt.companyName}</td>
            <td>
              <DayText value={dayOf(receipt.issuedAt)} language={language} />
            </td>
            <td class="num">
              <Hours value={receipt.receiptedMinutes} language={language} />
            </td>
            <td class="num">
              <Euros value={receipt.valueCents} language={language} />
            </td>
            <td>
              <State place={place} part={part} receipt={receipt} />
            </td>
          </tr>
        ))}
      </tbody>
    </TableCard>
  )
}

function State({ place, part, receipt }: Pick<ListProps, 'place' | 'part'> & { receipt: Receipt }) {
  const { say } = place
  if (receipt.cancellation)
    return (
      <>
        <Tag color="danger">{say('receipts:cancelled')}</Tag> {receipt.cancellation.reason}
      </>
    )
  return (
    <>
      <Tag color="success">{say('receipts:living')}</Tag>{' '}
      {part === 'association' && (
        <a class="ds-link" href={`${place.path}/receipts/${receipt.id}/cancellation`}>
          {say('receipts:cancel.link')}
          <span class="visually-hidden"> {receiptNumber(receipt)}</span>
        </a>
      )}
    </>
  )
}

/** What each party has to declare for the year: CGI art. 222 bis, and 238 bis, 6. */
function Declaration({ place, part, receipts }: ListProps) {
  const { say, language } = place
  const years = Map.groupBy(receipts, ({ year }) => year)
  const { itemisedGiftsAboveCents } = lawOn(place.today)
  return (
    <>
      {[...years].map(([year, ofYear]) => (
        <Totals
          place={place}
          title={say(`receipts:declaration.${part}`, { year })}
          lead={say(`receipts:declarationLead.${part}`, {
            above: formatEuros(itemisedGiftsAboveCents, language),
          })}
          totals={totalsBy(ofYear, part === 'company' ? 'associationName' : 'companyName')}
          whole={totalOf(say('receipts:column.total'), livingOf(ofYear))}
        />
      ))}
    </>
  )
}
