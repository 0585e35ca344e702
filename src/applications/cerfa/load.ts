import type { Tx } from '#platform'
import type { Application } from '../rules.ts'
import { knownFrom, type WholeFile } from './file.ts'
import { checksOf, formOf } from './store.ts'

/** The file with the form and what the registers say of it. */
export async function wholeFile(tx: Tx, application: Application): Promise<WholeFile> {
  const { territoryId, id } = application
  const form = await formOf(tx, { territoryId, id })
  const checks = await checksOf(tx, { territoryId, id })
  return { ...application, cerfa: { form, checks, known: knownFrom(application, checks) } }
}
