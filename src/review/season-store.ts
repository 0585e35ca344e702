import { sql } from 'kysely'
import { selectTies } from '#applications'
import type { Campaign } from '#campaigns'
import { askedOnce, type Tx, together } from '#platform'
import { type Grid, gridFrom, selectGrid } from './grid-store.ts'
import { type ReviewSettings, usualSettings } from './marks.ts'
import type { Interest } from './rules.ts'
import { selectSettings } from './settings-store.ts'

/** By what the files of a season are judged: its grid, what was agreed on marks, who is tied with whom, the days off of the commune. */
export type ReviewSeason = {
  grid: Grid
  settings: ReviewSettings
  interests: Interest[]
  inseeCode: string
}

export async function reviewSeasonOf(tx: Tx, campaign: Campaign): Promise<ReviewSeason> {
  return askedOnce(tx, `review season ${campaign.id}`, async () => {
    const told = await together(tx, {
      grid: selectGrid(tx, campaign),
      settings: selectSettings(campaign),
      interests: selectTies(tx, campaign.territoryId),
      communes: sql<{
        inseeCode: string
      }>`select insee_code from territories where id = ${campaign.territoryId}`,
    })
    return {
      grid: gridFrom(told.grid),
      settings: told.settings[0] ?? usualSettings,
      interests: told.interests,
      inseeCode: told.communes[0]?.inseeCode ?? '',
    }
  })
}
