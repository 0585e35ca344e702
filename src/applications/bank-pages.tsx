import { type Context, Hono } from 'hono'
import { isRefused, type Refusal } from '#kit'
import { actorOf, allow, type Place, type PlaceEnv } from '#people'
import { type Typed, typedOf } from '#platform'
import { actsFor, associationRoles, ownApplication, receivedApplication } from './access.ts'
import { giveBankAccount, mayGiveAccount, wholeBankAccount } from './bank.ts'
import { BankPage } from './bank-page.tsx'
import { bankAccountsOf } from './bank-store.ts'
import { filePathOf } from './views.ts'

/** The account of a file: named by its association, read whole by those who pay. */
export const bankRoutes = new Hono<PlaceEnv>()

const readers = allow(
  'association.representative',
  'association.member',
  'municipality.agent',
  'municipality.finance',
)
const preparers = allow('association.representative', 'association.member')

bankRoutes.get('/applications/:id/bank-account', readers, (context) => bankPage(context, {}, []))

bankRoutes.post('/applications/:id/bank-account', preparers, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  const typed = typedOf(await context.req.formData())
  const account = { holder: typed.holder ?? '', iban: typed.iban ?? '' }
  const outcome = await giveBankAccount(place, id, account)
  if (isRefused(outcome)) return bankPage(context, typed, outcome.refusals)
  return context.redirect(`${filePathOf(place.path, id)}/bank-account`, 303)
})

async function bankPage(context: Context<PlaceEnv>, typed: Typed, refusals: Refusal[]) {
  const place = context.get('place')
  const { application, isOwn, mayReadFile } = await openAccount(
    place,
    context.req.param('id') ?? '',
  )
  const key = { territoryId: place.territory.id, id: application.id }
  const whole = isOwn ? undefined : await wholeBankAccount(place, application.id)
  context.header('cache-control', 'private, no-store')
  return context.html(
    <BankPage
      place={place}
      filePath={mayReadFile ? filePathOf(place.path, application.id) : undefined}
      accounts={await bankAccountsOf(place.tx, key)}
      iban={whole?.iban}
      filled={{ say: place.say, typed, refusals }}
      mayGive={mayGiveAccount(place, application)}
      associationName={application.association.name}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}

/** The finance department reads the account, and nothing else of the file. */
async function openAccount(place: Place, id: string) {
  const holds = (asked: string) => actorOf(place).memberships.some(({ role }) => role === asked)
  const isAgent = holds('municipality.agent')
  const application =
    isAgent || holds('municipality.finance')
      ? await receivedApplication(place, id)
      : await ownApplication(place, id)
  const isOwn = actsFor(place, application.association.id, associationRoles)
  return { application, isOwn, mayReadFile: isAgent || isOwn }
}
