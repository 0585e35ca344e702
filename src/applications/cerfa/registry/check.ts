import { parseRna, type Refused, refusal } from '#kit'
import { actorOf, allTerritories, type Place } from '#people'
import { type Config, type Db, inTerritory } from '#platform'
import { ownApplicationToWrite } from '../../access.ts'
import { checksOf, checksSince, insertCheck, insertRegistryAnswer } from '../store.ts'
import { askRegistry } from './client.ts'
import { isDue, isSilent, PATIENCE_DAYS, type RegistryCheck, registrySources } from './registry.ts'

type House = { db: Db; config: Config }

/** Puts a number in the queue; the registers are asked once this request is over, never inside it. */
export async function lookUp(
  place: Place,
  id: string,
  typed: string,
): Promise<{ id: string } | Refused> {
  await ownApplicationToWrite(place, id)
  const identifier = identifierIn(typed)
  if (!identifier)
    return { refusals: [refusal('cerfa:refused.identifier', { field: 'identifier' })] }
  if ((await lastHour(place, id)).length >= CHECKS_AN_HOUR_MAX)
    return { refusals: [refusal('cerfa:refused.tooManyChecks', { field: 'identifier' })] }
  await insert(place, id, identifier)
  return { id }
}

/** The same for a number that the file has just been given, unless it was looked up just now. */
export async function queueCheck(place: Place, id: string, identifier: string): Promise<void> {
  const checks = await lastHour(place, id)
  const isAsked = checks.some((check) => check.identifier === identifier)
  if (!isAsked && checks.length < CHECKS_AN_HOUR_MAX) await insert(place, id, identifier)
}

/** Far more than anybody needs: public registers are not to be emptied through us. */
const CHECKS_AN_HOUR_MAX = 20

async function lastHour({ tx, territory, now }: Place, id: string): Promise<RegistryCheck[]> {
  const checks = await checksOf(tx, { territoryId: territory.id, id })
  return checks.filter(({ askedAt }) => now.getTime() - askedAt.getTime() < 3600_000)
}

async function insert(place: Place, id: string, identifier: string): Promise<void> {
  const { tx, territory, now } = place
  const key = { territoryId: territory.id, id }
  await insertCheck(tx, key, { identifier, at: now, personId: actorOf(place).personId })
}

export function identifierIn(typed: string): string | undefined {
  const digits = typed.replace(/[\s\u00a0\u202f.-]/g, '')
  return /^\d{14}$/.test(digits) ? digits : parseRna(typed)
}

/** Everything that waits for a register, in every commune: what a job does each minute. */
export async function askWaiting(house: House, now: Date): Promise<number> {
  let count = 0
  for (const { id: territoryId } of await allTerritories(house.db)) {
    const since = new Date(now.getTime() - PATIENCE_DAYS * 24 * 3600_000)
    const checks = await inTerritory(house.db, { territoryId, readOnly: true }, (tx) =>
      checksSince(tx, territoryId, since),
    )
    // One after the other: the registers count the questions of each second.
    for (const check of checks) count += await askFor(house, { territoryId, check, now })
  }
  return count
}

/** The files whose latest look-up no register answers, of those that are still waited for. */
export async function silentChecks({ tx, territory, now }: Place): Promise<string[]> {
  const since = new Date(now.getTime() - PATIENCE_DAYS * 24 * 3600_000)
  const latest = new Map<string, RegistryCheck>()
  for (const check of await checksSince(tx, territory.id, since))
    if (!latest.has(check.applicationId)) latest.set(check.applicationId, check)
  return [...latest.values()].filter(isSilent).map(({ applicationId }) => applicationId)
}

/** What waits for one file, at once: whoever asked is looking at the page. */
export async function askForFile(
  house: House,
  { territoryId, applicationId, now }: { territoryId: string; applicationId: string; now: Date },
): Promise<void> {
  const key = { territoryId, id: applicationId }
  const checks = await inTerritory(house.db, { territoryId, readOnly: true }, (tx) =>
    checksOf(tx, key),
  )
  const [latest] = checks
  if (latest) await askFor(house, { territoryId, check: latest, now })
}

/** No transaction stands open while a register thinks. */
async function askFor(
  { db, config }: House,
  { territoryId, check, now }: { territoryId: string; check: RegistryCheck; now: Date },
): Promise<number> {
  const due = registrySources.flatMap((source) => {
    const base = config.registries?.[source]
    return base && isDue(check, source, now) ? [{ source, base }] : []
  })
  const replies = await Promise.all(
    due.map(async ({ source, base }) => {
      const reply = await askRegistry(source, { base, identifier: check.identifier })
      return { source, ...reply }
    }),
  )
  if (replies.length === 0) return 0
  await inTerritory(db, { territoryId }, async (tx) => {
    for (const reply of replies)
      await insertRegistryAnswer(tx, { territoryId, id: check.id }, { ...reply, at: now })
  })
  return replies.length
}
