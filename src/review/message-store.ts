import { sql } from 'kysely'
import { newId } from '#kit'
import type { Tx } from '#platform'

export type Side = 'commune' | 'association'

export type Message = {
  id: string
  applicationId: string
  side: Side
  authorName: string
  words: string
  writtenAt: Date
}

/** What the commune and the association wrote to each other about this file, the oldest first. */
export async function messagesOf(
  tx: Tx,
  territoryId: string,
  applicationId: string,
): Promise<Message[]> {
  return selectMessages(tx, territoryId, [applicationId]).execute()
}

export function selectMessages(tx: Tx, territoryId: string, applicationIds: string[]) {
  return tx
    .selectFrom('fileMessages as m')
    .innerJoin('people as p', 'p.id', 'm.authorId')
    .select(['m.id', 'm.applicationId', 'p.name as authorName', 'm.words', 'm.writtenAt'])
    .select(sql<Side>`m.side`.as('side'))
    .where('m.territoryId', '=', territoryId)
    .where('m.applicationId', 'in', applicationIds)
    .orderBy('m.writtenAt')
    .orderBy('m.id')
}

export async function insertMessage(
  tx: Tx,
  message: {
    territoryId: string
    applicationId: string
    side: Side
    authorId: string
    words: string
    writtenAt: Date
  },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('fileMessages')
    .values({ ...message, id })
    .execute()
  return id
}
