import { newId } from '#kit'
import type { Tx } from '#platform'

export type Side = 'commune' | 'association'

export type Message = {
  id: string
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
  const rows = await tx
    .selectFrom('fileMessages as m')
    .innerJoin('people as p', 'p.id', 'm.authorId')
    .select(['m.id', 'm.side', 'p.name as authorName', 'm.words', 'm.writtenAt'])
    .where('m.territoryId', '=', territoryId)
    .where('m.applicationId', '=', applicationId)
    .orderBy('m.writtenAt')
    .orderBy('m.id')
    .execute()
  return rows.map((row) => ({ ...row, side: row.side as Side }))
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
