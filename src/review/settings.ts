import type { Campaign } from '#campaigns'
import { note } from '#journal'
import { type Refusal, type Refused, refusal } from '#kit'
import { actorOf, deed, type Place, peopleOf } from '#people'
import { takeTurn } from '#platform'
import { type ReviewSettings, reviewerRoles } from './marks.ts'
import { refusalsForMarking } from './rules.ts'
import { insertSettings, settingsOf } from './settings-store.ts'

/** Agreed before marks are read: whose are waited for, and which gap is worth a talk. */
export async function changeSettings(
  place: Place,
  campaign: Campaign,
  asked: ReviewSettings,
): Promise<{ id: string } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const known = await reviewersOf(place)
  const panel = asked.panel.filter((id) => known.some((person) => person.id === id))
  const after = { ...asked, panel }
  const refusals = [...refusalsForMarking(campaign.state), ...refusalsForSettings(after)]
  if (refusals.length > 0) return { refusals }
  const before = await settingsOf(place.tx, campaign)
  const by = { madeBy: actorOf(place).personId, madeAt: place.now }
  await insertSettings(place.tx, campaign, after, by)
  const details = { before, after }
  await note(place.tx, {
    ...deed(place),
    action: 'review.settingsChanged',
    subjectId: campaign.id,
    details,
  })
  return { id: campaign.id }
}

function refusalsForSettings({ gapPoints, gapMarks, panel }: ReviewSettings): Refusal[] {
  const refusals: Refusal[] = []
  if (!isWhole(gapPoints, 100))
    refusals.push(refusal('review:refused.gapPoints', { field: 'gapPoints' }))
  if (!isWhole(gapMarks, 4))
    refusals.push(refusal('review:refused.gapMarks', { field: 'gapMarks' }))
  // One person alone has nobody to differ from.
  if (panel.length === 1) refusals.push(refusal('review:refused.panelOfOne', { field: 'panel' }))
  return refusals
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most
}

/** Everyone of the commune who may mark, once each. */
export async function reviewersOf({
  tx,
  territory,
}: Place): Promise<{ id: string; name: string }[]> {
  const known = new Map<string, string>()
  for (const role of reviewerRoles)
    for (const { id, name } of await peopleOf(tx, territory.organisationId, role))
      known.set(id, name)
  return [...known].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name))
}
