import type { Application } from '#applications'
import type { Place } from '#people'
import { messagesOf } from './message-store.ts'
import { completenessOf } from './rules.ts'
import { completenessChecksOf } from './store.ts'

/** What the commune waits for from the association that sent this file. */
export type AssociationWatch = { isAsked: boolean; isWritten: boolean }

export async function associationWatchOf(
  { tx, territory }: Place,
  { id }: Pick<Application, 'id'>,
): Promise<AssociationWatch> {
  const checks = (await completenessChecksOf(tx, territory.id, [id])).get(id) ?? []
  const messages = await messagesOf(tx, territory.id, id)
  return {
    isAsked: completenessOf(checks) === 'incomplete',
    // As on the work table: whoever wrote last has not been answered.
    isWritten: messages.at(-1)?.side === 'commune',
  }
}
