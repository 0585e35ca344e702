import type { Tx } from '#platform'

export async function insertOpening(
  tx: Tx,
  opening: { territoryId: string; awardId: string; openedBy: string; openedAt: Date },
): Promise<void> {
  await tx.insertInto('noticeOpenings').values(opening).execute()
}

export async function insertAnswer(
  tx: Tx,
  answer: {
    territoryId: string
    awardId: string
    answer: 'accepted' | 'declined'
    words: string
    answeredBy: string
    answeredAt: Date
  },
): Promise<void> {
  await tx.insertInto('awardAnswers').values(answer).execute()
}
