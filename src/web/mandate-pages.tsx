import { Hono } from 'hono'
import { deedsByMandate } from '#journal'
import { allow, organisationOf, type Place, type PlaceEnv } from '#people'
import { InstantText, Page } from '#platform'

/** For an association: what was done in its name by the people to whom it lent its key. */
export const mandateRoutes = new Hono<PlaceEnv>()

const association = allow('association.representative', 'association.member', 'association.reader')

mandateRoutes.get('/deeds-by-mandate', association, async (context) => {
  const place = context.get('place')
  const { tx, territory, say, frame } = place
  const { id, name } = organisationOf(place)
  const deeds = await deedsByMandate(tx, territory.id, id)
  const title = say('web:byMandate.title', { name })
  return context.html(
    <Page frame={frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">{say('web:byMandate.lead', { commune: territory.name })}</p>
      {deeds.length === 0 ? (
        <p class="ds-paragraph">{say('web:byMandate.none')}</p>
      ) : (
        <Deeds place={place} deeds={deeds} title={title} />
      )}
      <p>
        <a class="ds-link" href={`/account/organisations/${id}`}>
          {say('web:byMandate.keys')}
        </a>
      </p>
    </Page>,
  )
})

/** Those that a mandate is lent for; the journal's other actions are said in general. */
const told = new Set([
  'application.started',
  'application.imported',
  'application.commitmentSigned',
  'application.deposited',
  'application.withdrawn',
  'piece.added',
  'piece.removed',
  'bankAccount.given',
  'completeness.answered',
  'file.messageSent',
  'notice.opened',
  'report.submitted',
  'document.signed',
  'candidacy.accepted',
  'receipt.issued',
])

type Deed = Awaited<ReturnType<typeof deedsByMandate>>[number]

function Deeds({ place, deeds, title }: { place: Place; deeds: Deed[]; title: string }) {
  const { say, language } = place
  const words = (action: string) =>
    told.has(action) ? say(`web:byMandate.did.${action}`) : say('web:byMandate.other', { action })
  return (
    <section class="table-scroll" tabindex={0} aria-label={title}>
      <table class="ds-table">
        <thead>
          <tr>
            <th scope="col">{say('web:byMandate.when')}</th>
            <th scope="col">{say('web:byMandate.who')}</th>
            <th scope="col">{say('web:byMandate.what')}</th>
          </tr>
        </thead>
        <tbody>
          {deeds.map(({ at, name, action }) => (
            <tr>
              <td>
                <InstantText value={at} language={language} />
              </td>
              <th scope="row">{name}</th>
              <td>{words(action)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
