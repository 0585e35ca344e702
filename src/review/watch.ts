import type { Campaign } from '#campaigns'
import { actorOf, type Place } from '#people'
import { clocksOf, warningsOf } from './clocks.ts'
import { isRecused } from './rules.ts'
import { reviewSeasonOf } from './season-store.ts'
import { reviewedFiles } from './standings.ts'
import { whereOf } from './table-view.ts'

/** What the review asks of an agent today, counted on the files that they may read. */
export type Watch = {
  unready: number
  acknowledge: number
  answered: number
  written: number
  silence: number
}

export async function watchOf(place: Place, campaign: Campaign): Promise<Watch> {
  const where = await whereOf(place, campaign)
  const { interests } = await reviewSeasonOf(place.tx, campaign)
  const { personId } = actorOf(place)
  const files = (await reviewedFiles(place.tx, campaign)).filter(
    ({ associationId }) => !isRecused(interests, personId, associationId),
  )
  const warnings = files.map((file) => warningsOf(clocksOf(file, where), where))
  const counted = (head: string) =>
    warnings.filter((own) => own.some((warning) => warning.startsWith(head))).length
  return {
    unready: files.filter(
      ({ standing }) => !standing.isComplete || !standing.cash || standing.score === undefined,
    ).length,
    acknowledge: counted('acknowledge'),
    answered: files.filter(({ completeness }) => completeness === 'answered').length,
    written: files.filter(({ lastMessageFrom }) => lastMessageFrom === 'association').length,
    silence: counted('silence'),
  }
}
