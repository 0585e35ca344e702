import type { Place } from '#people'
import { correspondenceOf } from './file-store.ts'
import { completenessOf } from './rules.ts'

/** What the commune waits for from the association that sent this file. */
export type AssociationWatch = { isAsked: boolean; isWritten: boolean }

/** By the id of the file, whatever its season. */
export async function associationWatchOf(
  { tx, territory }: Place,
  applicationIds: string[],
): Promise<Map<string, AssociationWatch>> {
  const { checks, messages } = await correspondenceOf(tx, territory.id, applicationIds)
  const watch = (id: string): AssociationWatch => ({
    isAsked: completenessOf(checks.get(id) ?? []) === 'incomplete',
    // As on the work table: whoever wrote last has not been answered.
    isWritten: messages.get(id)?.at(-1)?.side === 'commune',
  })
  return new Map(applicationIds.map((id) => [id, watch(id)]))
}
