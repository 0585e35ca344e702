import { note } from '#journal'
import { type Iban, maskedIban, newId, type Refusal, type Refused, readIban, refusal } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, type Place } from '#people'
import { openSealed, type Safe, type SealedRow, sealIn, type Tx, type Vault } from '#platform'
import { associationRoles, ownApplicationToWrite } from './access.ts'
import {
  type BankAccount,
  bankAccountsBehind,
  bankAccountsOf,
  insertBankAccount,
  lockBankAccount,
  sealedBankAccount,
  updateBankSeal,
} from './bank-store.ts'
import type { Application } from './rules.ts'

const HOLDER_MAX = 140

/**
 * Where a grant would be paid. Its association names it while the file is a draft; afterwards its
 * representative alone, and the commune is told: a changed account is how grants are stolen.
 */
export async function giveBankAccount(
  place: Place,
  id: string,
  typed: { holder: string; iban: string },
): Promise<{ id: string } | Refused> {
  const application = await ownApplicationToWrite(place, id)
  const { association, deposit } = application
  if (deposit) await ownApplicationToWrite(place, id, ['association.representative'])
  const holder = typed.holder.trim()
  const iban = readIban(typed.iban)
  const refusals = [
    ...refusalsForHolder(holder),
    ...(typeof iban === 'object' ? [refusalOf(iban)] : []),
    ...(application.withdrawnAt ? [refusal('pieces:bank.refused.withdrawn')] : []),
  ]
  if (refusals.length > 0 || typeof iban === 'object') return { refusals }
  const account = await keepAccount(place, application, { holder, iban })
  if (deposit) {
    const to = {
      organisationId: place.territory.organisationId,
      role: 'municipality.agent',
    } as const
    const values = { number: deposit.number, association: association.name, account }
    await tell(place, to, 'pieces:mail.bank', values)
  }
  return { id }
}

/** The account that stands, whole: for those who pay. */
export async function wholeBankAccount(
  { tx, vault, territory }: { tx: Tx; vault: Vault; territory: { id: string } },
  applicationId: string,
): Promise<(BankAccount & { iban: Iban }) | undefined> {
  const key = { territoryId: territory.id, id: applicationId }
  const [account] = await bankAccountsOf(tx, key)
  const sealed = account && (await sealedBankAccount(tx, { ...key, id: account.id }))
  if (!sealed) return undefined
  const iban = readIban(openSealed(vault, bankRow(territory, account.id), sealed).toString('utf8'))
  if (typeof iban === 'object') throw new Error('an account was kept that is none')
  return { ...account, iban }
}

/** The accounts, for whoever changes the keys. */
export const bankSafe: Safe = {
  behind: bankAccountsBehind,
  sealAgain: async (tx, vault, key) => {
    await lockBankAccount(tx, key)
    const kept = await sealedBankAccount(tx, key)
    if (!kept) return
    const row = bankRow({ id: key.territoryId }, key.id)
    await updateBankSeal(tx, key, await sealIn(tx, vault, row, openSealed(vault, row, kept)))
  },
}

/** Answers the account as it may be told: masked. */
async function keepAccount(
  place: Place,
  { id }: Application,
  { holder, iban }: { holder: string; iban: Iban },
): Promise<string> {
  const accountId = newId()
  const row = bankRow(place.territory, accountId)
  const { content, keyVersion } = await sealIn(place.tx, place.vault, row, Buffer.from(iban))
  const masked = maskedIban(iban)
  const account = { id: accountId, holder, sealedIban: content, keyVersion, maskedIban: masked }
  const key = { territoryId: place.territory.id, id }
  const given = { at: place.now, personId: actorOf(place).personId }
  await insertBankAccount(place.tx, key, account, given)
  const details = { account: masked }
  await note(place.tx, { ...deed(place), action: 'bankAccount.given', subjectId: id, details })
  return masked
}

function bankRow(territory: { id: string }, id: string): SealedRow {
  return { territoryId: territory.id, table: 'bank_accounts', id }
}

function refusalsForHolder(holder: string): Refusal[] {
  if (!holder) return [refusal('pieces:bank.refused.noHolder', { field: 'holder' })]
  return holder.length > HOLDER_MAX
    ? [refusal('pieces:bank.refused.longHolder', { field: 'holder', most: HOLDER_MAX })]
    : []
}

function refusalOf({ fault, ...values }: Exclude<ReturnType<typeof readIban>, Iban>): Refusal {
  return refusal(`pieces:bank.refused.${fault}`, { field: 'iban', ...values })
}

/** Whether this person may change the account of this file today. */
export function mayGiveAccount(place: Place, { association, deposit, withdrawnAt }: Application) {
  const roles = deposit ? ['association.representative'] : associationRoles
  return (
    !withdrawnAt &&
    actorOf(place).memberships.some(
      ({ role, organisation }) =>
        organisation.id === association.id && roles.some((one) => one === role),
    )
  )
}
