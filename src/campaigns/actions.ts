import type { Context } from 'hono'
import { note } from '#journal'
import { minutes, type Refused, refusal } from '#kit'
import { totalOf } from '#ledger'
import { deed, found, type Place, type PlaceEnv } from '#people'
import { type Campaign, movedTo, refusalsForSettings, type Settings } from './rules.ts'
import { type CampaignState, type Progress, refusalsToEnter } from './states.ts'
import {
  campaignOfYear,
  insertCampaign,
  insertState,
  replaceSettings,
  settingsOf,
} from './store.ts'

type Done = { id: string }

export async function campaignOfPath(
  { tx, territory }: Place,
  context: Context<PlaceEnv>,
): Promise<Campaign> {
  return found(await campaignOfYear(tx, territory.id, Number(context.req.param('year'))))
}

export async function createCampaign(place: Place, settings: Settings): Promise<Done | Refused> {
  return openDraft(place, settings)
}

export async function changeSettings(
  place: Place,
  campaign: Campaign,
  settings: Settings,
): Promise<Done | Refused> {
  const refusals = refusalsForSettings(settings)
  if (campaign.state !== 'draft') refusals.push(refusal('campaigns:refused.notDraft'))
  if (settings.year !== campaign.year && (await isTaken(place, settings.year)))
    refusals.push(refusal('campaigns:refused.yearTaken', { field: 'year' }))
  if (refusals.length > 0) return { refusals }
  await replaceSettings(place.tx, campaign, settings)
  await note(place.tx, { ...deed(place), action: 'campaign.changed', subjectId: campaign.id })
  return { id: campaign.id }
}

/** Opens the next step, or calls the season off. */
export async function enterState(
  place: Place,
  campaign: Campaign,
  state: CampaignState,
): Promise<Done | Refused> {
  const { territory, tx, now, actor } = place
  const refusals = refusalsToEnter(state, campaign.state, await progressOf(place, campaign))
  if (refusals.length > 0) return { refusals }
  const key = { territoryId: territory.id, campaignId: campaign.id }
  await insertState(tx, { ...key, state, at: now, personId: actor?.personId })
  const details = { from: campaign.state, to: state }
  await note(tx, { ...deed(place), action: 'campaign.entered', subjectId: campaign.id, details })
  return { id: campaign.id }
}

/** Next year's draft in one click: envelopes, families, criteria and figures, each day a year later. */
export async function copyCampaign(
  place: Place,
  from: Campaign,
  { year }: { year: number },
): Promise<Done | Refused> {
  const settings = movedTo(year, await settingsOf(place.tx, from))
  return openDraft(place, settings, { campaignId: from.id, year: from.year })
}

export async function progressOf({ tx, territory }: Place, campaign: Campaign): Promise<Progress> {
  const [confirmed, voted, allocated] = await Promise.all([
    totalOf(tx, territory.id, campaign.id, 'hours', 'CONFIRMED'),
    totalOf(tx, territory.id, campaign.id, 'cash', 'VOTED'),
    totalOf(tx, territory.id, campaign.id, 'hours', 'ALLOCATED'),
  ])
  return { confirmedMinutes: minutes(confirmed), hasExecutoryAward: voted > 0n || allocated > 0n }
}

async function openDraft(
  place: Place,
  settings: Settings,
  copiedFrom?: { campaignId: string; year: number },
): Promise<Done | Refused> {
  const { territory, tx, now, actor } = place
  const refusals = refusalsForSettings(settings)
  if (await isTaken(place, settings.year))
    refusals.push(refusal('campaigns:refused.yearTaken', { field: 'year', year: settings.year }))
  if (refusals.length > 0) return { refusals }
  const id = await insertCampaign(tx, territory.id, settings, { at: now, copiedFrom })
  const state = { territoryId: territory.id, campaignId: id, state: 'draft' as const }
  await insertState(tx, { ...state, at: now, personId: actor?.personId })
  const details = { year: settings.year, ...(copiedFrom && { copiedFrom: copiedFrom.year }) }
  await note(tx, { ...deed(place), action: 'campaign.created', subjectId: id, details })
  return { id }
}

async function isTaken({ tx, territory }: Place, year: number): Promise<boolean> {
  if (!Number.isInteger(year) || year > 9999) return false
  return (await campaignOfYear(tx, territory.id, year)) !== undefined
}
