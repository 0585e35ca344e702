import { hourOf, noteRead } from '#journal'
import { isId } from '#kit'
import type { Actor, Place, Role } from '#people'
import { inTerritory } from '#platform'
import { afterwards } from './afterwards.ts'
import type { House } from './house.ts'

/** Whoever reads files for the commune; an association reads its own. */
const readerRoles: readonly Role[] = [
  'municipality.admin',
  'municipality.agent',
  'municipality.elected',
  'municipality.finance',
  'operator.staff',
]

/** Every address of a file: its page, its review, its pieces, its receipt, and those yet to come. */
const FILE_ADDRESS = /^\/[^/]+\/applications\/([0-9a-f-]{36})(?:\/|$)/

/**
 * Notes who looked at a file of the commune, after the answer: docs/decisions/0011. What this process
 * noted in this hour is remembered, so that a second look costs nothing; the journal itself decides.
 */
export function readNotes(house: House): (place: Place, path: string) => void {
  let hour = 0
  let noted = new Set<string>()
  return (place, path) => {
    const { actor, territory, now, filesSeen } = place
    const roles = rolesIn(actor)
    const ids = new Set([...filesSeen, FILE_ADDRESS.exec(path)?.[1] ?? ''])
    if (!actor || roles.length === 0) return
    if (hour !== hourOf(now).getTime()) {
      hour = hourOf(now).getTime()
      noted = new Set()
    }
    const key = (id: string) => `${territory.id} ${actor.personId} ${id}`
    const fresh = [...ids].filter((id) => isId(id) && !noted.has(key(id)))
    if (fresh.length === 0) return
    const seen = noted
    for (const id of fresh) seen.add(key(id))
    const read = { territoryId: territory.id, personId: actor.personId, roles, at: now }
    afterwards(house.db, () =>
      inTerritory(house.db, { territoryId: territory.id }, async (tx) => {
        for (const subjectId of fresh) await noteRead(tx, { ...read, subjectId })
      }).catch((error: unknown) => {
        // Not noted after all: the next look tries again.
        for (const id of fresh) seen.delete(key(id))
        throw error
      }),
    )
  }
}

function rolesIn(actor: Actor | undefined): Role[] {
  const held = actor?.memberships.map(({ role }) => role) ?? []
  return [...new Set(held.filter((role) => readerRoles.includes(role)))]
}
