import { Hono } from 'hono'
import { associationReaders, filePathOf, ownApplication } from '#applications'
import { readsOf } from '#journal'
import { type Day, dayOf, formatInstant } from '#kit'
import { allow, type Digest, digestsOf, type Place, type PlaceEnv } from '#people'
import { DayText, InstantText, Page } from '#platform'

/** What the journal tells those whom it concerns: who looked at a file, and what each night sealed. */
export const journalRoutes = new Hono<PlaceEnv>()

const association = allow('association.representative', 'association.member', 'association.reader')
const commune = allow('municipality.agent', 'municipality.admin', 'municipality.elected')

journalRoutes.get('/applications/:id/readers', association, async (context) => {
  const place = context.get('place')
  const { tx, territory, say, path, frame } = place
  const application = await ownApplication(place, context.req.param('id'), associationReaders)
  const looks = looksIn(await readsOf(tx, territory.id, application.id))
  return context.html(
    <Page frame={frame} title={say('web:readers.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('web:readers.title')}
      </h1>
      <p class="lead">{say('web:readers.lead')}</p>
      {looks.length === 0 ? (
        <p class="ds-paragraph">{say('web:readers.none')}</p>
      ) : (
        <Looks place={place} looks={looks} />
      )}
      <p>
        <a class="ds-link" href={filePathOf(path, application.id)}>
          {say('web:readers.back')}
        </a>
      </p>
    </Page>,
  )
})

type Look = { day: Day; name: string; roles: string[]; hours: Date[] }

/** One line a person and a day, the latest first. */
function looksIn(reads: { at: Date; name: string; roles: string[] }[]): Look[] {
  const days = Map.groupBy(reads, ({ at, name }) => `${dayOf(at)} ${name}`)
  return [...days.values()].flatMap((own) => {
    const [first] = own
    if (!first) return []
    const { at, name, roles } = first
    return [{ day: dayOf(at), name, roles, hours: own.map((read) => read.at).reverse() }]
  })
}

function Looks({ place, looks }: { place: Place; looks: Look[] }) {
  const { say, language, territory } = place
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('web:readers.title')}>
      <table class="ds-table">
        <thead>
          <tr>
            <th scope="col">{say('web:readers.day')}</th>
            <th scope="col">{say('web:readers.who')}</th>
            <th scope="col">{say('web:readers.role')}</th>
            <th scope="col">{say('web:readers.hours')}</th>
          </tr>
        </thead>
        <tbody>
          {looks.map(({ day, name, roles, hours }) => (
            <tr>
              <td>
                <DayText value={day} language={language} />
              </td>
              <th scope="row">{name}</th>
              <td>
                {roles.map((role) => say(`web:role.${role}`)).join(', ')}
                <br />
                <small>{territory.name}</small>
              </td>
              <td>{hours.map((at) => timeOf(at, language)).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** `14:32`: the end of the instant in words, in either language. */
function timeOf(at: Date, language: string): string {
  return /[\d:]+(?:\s?[AP]M)?$/i.exec(formatInstant(at, language))?.[0] ?? ''
}

const DIGESTS_SHOWN = 90

journalRoutes.get('/journal', commune, async (context) => {
  const place = context.get('place')
  const { tx, territory, say, frame } = place
  const digests = await digestsOf(tx, territory.id, DIGESTS_SHOWN)
  return context.html(
    <Page frame={frame} title={say('web:journal.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('web:journal.title')}
      </h1>
      <p class="lead">{say('web:journal.lead')}</p>
      {digests.length === 0 ? (
        <p class="ds-paragraph">{say('web:journal.none')}</p>
      ) : (
        <Digests place={place} digests={digests} />
      )}
      <p class="hint">{say('web:journal.check')}</p>
    </Page>,
  )
})

function Digests({ place: { say, language }, digests }: { place: Place; digests: Digest[] }) {
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('web:journal.title')}>
      <table class="ds-table">
        <thead>
          <tr>
            <th scope="col">{say('web:journal.day')}</th>
            <th scope="col">{say('web:journal.deeds')}</th>
            <th scope="col">{say('web:journal.entries')}</th>
            <th scope="col">{say('web:journal.digest')}</th>
            <th scope="col">{say('web:journal.sealedAt')}</th>
          </tr>
        </thead>
        <tbody>
          {digests.map((one) => (
            <tr>
              <th scope="row">
                <DayText value={one.day} language={language} />
              </th>
              <td class="num">{String(one.journalSeq)}</td>
              <td class="num">{String(one.ledgerSeq)}</td>
              <td>
                <code class="digest">{one.digest}</code>
              </td>
              <td>
                <InstantText value={one.sealedAt} language={language} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
