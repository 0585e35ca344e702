import type { Context } from 'hono'
import { type Day, parseDay } from '#kit'
import { found, type Place, type PlaceEnv } from '#people'
import { DayText, Page, Submit, TextField } from '#platform'
import { type AccountMove, movesOfAccount } from './account-store.ts'
import { type Balance, balances } from './actions.ts'
import { Amount } from './amount.tsx'
import type { LedgerReaders, Season } from './pages.tsx'

type Told = AccountMove & { href: string | undefined; balance: bigint }
type Statement = {
  account: Balance
  opening: bigint
  moves: Told[]
  closing: bigint
  reserved: bigint | undefined
}

/** What was there, what came and went and why, what is left: for whoever holds the account, in words. */
export async function accountPage(context: Context<PlaceEnv>, readers: LedgerReaders) {
  const place = context.get('place')
  const season = await readers.seasonOf(place, context)
  const all = await balances(place.tx, place.territory.id, season.id)
  const account = found(all.find(({ id }) => id === context.req.param('id')))
  if (place.as?.role !== 'municipality.agent') {
    const own = await readers.ownSubjects(place, season)
    found(own.has(account.subjectId) ? account : undefined)
  }
  const from = parseDay(context.req.query('from') ?? '')
  const to = parseDay(context.req.query('to') ?? '')
  const written = await movesOfAccount(place.tx, place.territory.id, account.id)
  const told = tellMoves(written, { from, to }, (move) => readers.deedAt(place, season, move))
  const reserved = await reservedOf(place, season, readers, { account, all })
  const statement = { account, ...told, reserved }
  return context.html(
    <Page frame={place.frame} title={say(place, account)}>
      <h1 class="ds-heading" data-size="lg">
        {say(place, account)}
      </h1>
      <p class="lead">{readers.inWords(account.label, place.say)}</p>
      <p>
        <a class="ds-link" href={`${place.path}/${season.year}/ledger`}>
          {place.say('ledger:account.back')}
        </a>
      </p>
      <Figures place={place} statement={statement} />
      <PeriodForm place={place} from={from} to={to} />
      <MovesTable place={place} statement={statement} />
    </Page>,
  )
}

function say(place: Place, { kind }: Balance): string {
  return place.say('ledger:account.title', { kind: place.say(`ledger:kind.${kind}`) })
}

/** Those of the period, in the order written; what came before it is the opening. */
function tellMoves(
  written: AccountMove[],
  { from, to }: { from: Day | undefined; to: Day | undefined },
  deedAt: (move: AccountMove) => string | undefined,
): Pick<Statement, 'opening' | 'moves' | 'closing'> {
  const opening = sumOf(written.filter(({ day }) => from !== undefined && day < from))
  const within = written.filter(({ day }) => (!from || day >= from) && (!to || day <= to))
  let balance = opening
  const moves = within.map((move) => {
    balance += move.amount
    return { ...move, href: deedAt(move), balance }
  })
  return { opening, moves, closing: balance }
}

function sumOf(amounts: { amount: bigint }[]): bigint {
  return amounts.reduce((sum, { amount }) => sum + amount, 0n)
}

/** Beside what is free: what was promised out of it and is not done yet. */
async function reservedOf(
  place: Place,
  season: Season,
  readers: LedgerReaders,
  { account, all }: { account: Balance; all: Balance[] },
): Promise<bigint | undefined> {
  if (account.kind !== 'CONFIRMED') return undefined
  const holders = await readers.reservedFor(place, season, account.subjectId)
  const isReserved = ({ kind, subjectId }: Balance) =>
    (kind === 'ALLOCATED' || kind === 'COMMITTED') && holders.has(subjectId)
  return sumOf(all.filter(isReserved))
}

type Shown = { place: Place; statement: Statement }

function Figures({ place: { say, language }, statement }: Shown) {
  const { account, opening, closing, reserved } = statement
  const amount = (value: bigint) => (
    <Amount book={account.book} amount={value} language={language} />
  )
  return (
    <dl class="facts ds-card">
      <dt>{say('ledger:account.opening')}</dt>
      <dd>{amount(opening)}</dd>
      <dt>{say('ledger:account.closing')}</dt>
      <dd>
        <b>{amount(closing)}</b>
      </dd>
      {reserved !== undefined && (
        <>
          <dt>{say('ledger:account.reserved')}</dt>
          <dd>{amount(reserved)}</dd>
        </>
      )}
    </dl>
  )
}

function PeriodForm({
  place: { say },
  from,
  to,
}: {
  place: Place
  from: Day | undefined
  to: Day | undefined
}) {
  const filled = { say, typed: {}, refusals: [] }
  return (
    <form class="stack" method="get">
      <div class="row">
        <TextField
          filled={filled}
          name="from"
          type="date"
          label={say('ledger:account.from')}
          value={from}
        />
        <TextField
          filled={filled}
          name="to"
          type="date"
          label={say('ledger:account.to')}
          value={to}
        />
      </div>
      <Submit>{say('ledger:account.show')}</Submit>
    </form>
  )
}

function MovesTable({ place, statement: { account, moves } }: Shown) {
  const { say, language } = place
  if (moves.length === 0) return <p class="ds-paragraph">{say('ledger:account.none')}</p>
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('ledger:account.moves')}>
      <table class="ds-table">
        <caption>{say('ledger:account.moves')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('ledger:account.day')}</th>
            <th scope="col">{say('ledger:account.deed')}</th>
            <th scope="col" class="num">
              {say('ledger:account.move')}
            </th>
            <th scope="col" class="num">
              {say('ledger:account.left')}
            </th>
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => (
            <tr>
              <td>
                <DayText value={move.day} language={language} />
              </td>
              <th scope="row">
                <Deed place={place} move={move} />
              </th>
              <td class="num">
                {move.amount > 0n && '+ '}
                <Amount book={account.book} amount={move.amount} language={language} />
              </td>
              <td class="num">
                <Amount book={account.book} amount={move.balance} language={language} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Deed({ place: { say }, move }: { place: Place; move: Told }) {
  const words = say(`ledger:deed.${reasonWord(move.reason)}`)
  return (
    <>
      {move.href ? (
        <a class="ds-link" href={move.href}>
          {words}
        </a>
      ) : (
        words
      )}{' '}
      <small>
        {say('ledger:account.number', { seq: String(move.seq) })}
        {move.isReversal && ` ${say('ledger:account.reversal')}`}
      </small>
    </>
  )
}

/** The deeds that the texts tell in words; any other is told by one sentence for all. */
const told = [
  'award.declined',
  'deliberation.executory',
  'hours.approved',
  'hours.reversed',
  'mission.ended',
  'missionAgreement.effective',
  'payment.recorded',
  'pledge.confirmed',
  'pledge.reduced',
  'pledge.submitted',
  'pledge.withdrawn',
  'receipt.cancelled',
  'receipt.issued',
  'repayment.recorded',
]

function reasonWord(reason: string): string {
  return told.includes(reason) ? reason : 'other'
}
