import { type Context, Hono } from 'hono'
import { allow, type Place, type PlaceEnv } from '#people'
import { type Language, Page, type Say } from '#platform'
import { accountPage } from './account-page.tsx'
import { type Balance, balances, statementOf } from './actions.ts'
import { Amount } from './amount.tsx'
import { type Book, roads } from './rules.ts'
import { statementText } from './statement.ts'

export type Season = { id: string; year: number; title: string }

/** What later rooms know and this one does not: handed over where the rooms are put together. */
export type LedgerReaders = {
  seasonOf: (place: Place, context: Context<PlaceEnv>) => Promise<Season>
  /** What the accounts of the person's organisation are about. */
  ownSubjects: (place: Place, season: Season) => Promise<Set<string>>
  /** An account's label in the reader's words; what is written keeps the code of the skill. */
  inWords: (label: string, say: Say) => string
  /** Where the deed behind an entry is told, if this reader may go there. */
  deedAt: (
    place: Place,
    season: Season,
    deed: { reason: string; subjectId: string },
  ) => string | undefined
  /** What holds the hours promised out of this account, until they are done. */
  reservedFor: (place: Place, season: Season, subjectId: string) => Promise<Set<string>>
}

/** Where the hours and the euros are: all of them for the commune, their own for the others. */
export function ledgerRoutes(readers: LedgerReaders): Hono<PlaceEnv> {
  const routes = new Hono<PlaceEnv>()
  routes.get(
    '/:year{[0-9]{4}}/ledger',
    allow('municipality.agent', 'company.csr', 'association.representative'),
    async (context) => {
      const place = context.get('place')
      const season = await readers.seasonOf(place, context)
      const written = await balances(place.tx, place.territory.id, season.id)
      const all = written.map((held) => ({
        ...held,
        label: readers.inWords(held.label, place.say),
      }))
      if (place.as?.role === 'municipality.agent') return ledgerPage(context, season, all)
      const own = await readers.ownSubjects(place, season)
      return ledgerPage(
        context,
        season,
        all.filter(({ subjectId }) => own.has(subjectId)),
      )
    },
  )
  routes.get(
    '/:year{[0-9]{4}}/ledger/accounts/:id{[0-9a-f-]{36}}',
    allow('municipality.agent', 'company.csr', 'association.representative'),
    (context) => accountPage(context, readers),
  )
  routes.get(
    '/:year{[0-9]{4}}/ledger/:file{(?:hours|cash)\\.beancount}',
    allow('municipality.agent'),
    async (context) => {
      const place = context.get('place')
      const season = await readers.seasonOf(place, context)
      const book = context.req.param('file').startsWith('hours') ? 'hours' : 'cash'
      const entries = await statementOf(place.tx, place.territory.id, season.id)
      const own = entries.filter(({ lines }) => lines.every((line) => line.book === book))
      const text = statementText(`${place.territory.name}, ${season.title}`, own)
      return answerBeancount(context, text, `${book}-${season.year}`)
    },
  )
  routes.get('/:year{[0-9]{4}}/ledger.beancount', allow('municipality.agent'), async (context) => {
    const place = context.get('place')
    const season = await readers.seasonOf(place, context)
    const entries = await statementOf(place.tx, place.territory.id, season.id)
    const text = statementText(`${place.territory.name}, ${season.title}`, entries)
    return answerBeancount(context, text, `ledger-${season.year}`)
  })
  return routes
}

function answerBeancount(context: Context<PlaceEnv>, text: string, name: string) {
  return context.body(text, 200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.beancount"`,
  })
}

function ledgerPage(context: Context<PlaceEnv>, season: Season, held: Balance[]) {
  const place = context.get('place')
  const { say, language, frame, path } = place
  const isCommune = place.as?.role === 'municipality.agent'
  const shown = { say, language }
  return context.html(
    <Page frame={frame} title={say('ledger:title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('ledger:title')}
      </h1>
      <p class="lead">{say(isCommune ? 'ledger:lead.commune' : 'ledger:lead.own')}</p>
      {(['hours', 'cash'] as const).map((book) => (
        <BookSection
          {...shown}
          href={`${path}/${season.year}/ledger/accounts`}
          book={book}
          held={held.filter((one) => one.book === book)}
        />
      ))}
      {isCommune && (
        <section class="ds-card">
          <h2 class="ds-heading" data-size="sm">
            {say('ledger:statement.title')}
          </h2>
          <p class="ds-paragraph">{say('ledger:statement.lead')}</p>
          <p>
            <a class="ds-button" href={`${path}/${season.year}/ledger.beancount`}>
              {say('ledger:statement.download')}
            </a>
          </p>
          <p class="ds-paragraph">
            {(['hours', 'cash'] as const).map((book) => (
              <>
                <a class="ds-link" href={`${path}/${season.year}/ledger/${book}.beancount`}>
                  {say(`ledger:statement.${book}`)}
                </a>{' '}
              </>
            ))}
          </p>
        </section>
      )}
    </Page>,
  )
}

type Shown = { say: Say; language: Language; href: string }

function BookSection({ say, language, href, book, held }: Shown & { book: Book; held: Balance[] }) {
  const inside = held.filter(({ kind, amount }) => kind !== 'OUTSIDE' && amount !== 0n)
  return (
    <section class="stack">
      <h2 class="ds-heading" data-size="sm">
        {say(`ledger:book.${book}`)}
      </h2>
      {inside.length === 0 ? (
        <p class="ds-paragraph">{say(`ledger:empty.${book}`)}</p>
      ) : (
        <section class="table-scroll" tabindex={0} aria-label={say(`ledger:book.${book}`)}>
          <table class="ds-table">
            <thead>
              <tr>
                <th scope="col">{say('ledger:column.kind')}</th>
                <th scope="col">{say('ledger:column.account')}</th>
                <th scope="col" class="num">
                  {say(`ledger:column.${book}`)}
                </th>
              </tr>
            </thead>
            {roads[book].map((kind) => (
              <KindRows
                say={say}
                language={language}
                href={href}
                kind={kind}
                held={inside.filter((one) => one.kind === kind)}
              />
            ))}
          </table>
        </section>
      )}
    </section>
  )
}

/** One stage of the road: its total, then each account. */
function KindRows({ say, language, href, kind, held }: Shown & { kind: string; held: Balance[] }) {
  const [first] = held
  if (!first) return null
  const total = held.reduce((sum, { amount }) => sum + amount, 0n)
  return (
    <tbody>
      <tr>
        <th scope="rowgroup">{say(`ledger:kind.${kind}`)}</th>
        <td>{say('ledger:total')}</td>
        <td class="num">
          <b>
            <Amount book={first.book} amount={total} language={language} />
          </b>
        </td>
      </tr>
      {held.map(({ id, book, label, amount }) => (
        <tr>
          <td />
          <th scope="row">
            <a class="ds-link" href={`${href}/${id}`}>
              {label}
            </a>
          </th>
          <td class="num">
            <Amount book={book} amount={amount} language={language} />
          </td>
        </tr>
      ))}
    </tbody>
  )
}
