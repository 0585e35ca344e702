import type { Tx } from '#platform'
import type { Answers } from './answers.ts'
import { type CerfaSection, cerfaSections } from './fields.ts'
import type { Known } from './file.ts'
import { formOf } from './store.ts'

/** What belongs to one year alone: its dates, and what is declared for it. */
const ofOneYear = /^(?:budgetFrom|budgetTo|projectFrom|projectTo|wantedYears)$/

/** The parts of an earlier file that a new one begins with; nothing is declared for the new year. */
export async function partsTaken(
  tx: Tx,
  earlier: { territoryId: string; id: string },
  known: Record<string, Known[]>,
): Promise<{ section: CerfaSection; answers: Answers }[]> {
  const form = await formOf(tx, earlier)
  return cerfaSections.flatMap((section) => {
    const old = section === 'attestations' ? undefined : form[section]
    if (!old) return []
    const kept = Object.entries(old).filter(
      ([name, value]) =>
        value !== null && !ofOneYear.test(name) && value !== known[name]?.[0]?.value,
    )
    if (kept.length === 0) return []
    const answers = Object.fromEntries(kept)
    // Whoever starts from an earlier file has asked before.
    return [
      { section, answers: section === 'request' ? { ...answers, frequency: 'renewal' } : answers },
    ]
  })
}
