import type { Campaign } from '#campaigns'
import { type Day, minutes, parseDay, parseHours, type Refusal, type Refused, refusal } from '#kit'
import type { Typed } from '#platform'
import type { Promising } from './actions.ts'
import { modalities } from './rules.ts'
import { readTerms } from './terms.ts'

type PledgeLine = Promising['lines'][number]

/** From the company's form to one line a family under shared conditions, or what is unreadable. */
export function readPledges(
  typed: Typed,
  campaign: Campaign,
  { openFamilies, today }: { openFamilies: string[]; today: Day },
): Promising | Refused {
  const refusals: Refusal[] = []
  const refuse = (code: string, field: string) => refusals.push(refusal(code, { field }))
  const lines = readLines(typed, openFamilies, refuse)
  const blockMinutes = parseHours(typed.block ?? '')
  if (blockMinutes === undefined) refuse('pledges:refused.block', 'block')
  const modality = modalities.find((known) => known === typed.modality)
  if (!modality) refuse('pledges:refused.modality', 'modality')
  const startsOn = parseDay(typed.startsOn ?? '')
  if (!startsOn) refuse('pledges:refused.day', 'startsOn')
  const endsOn = parseDay(typed.endsOn ?? '')
  if (!endsOn) refuse('pledges:refused.day', 'endsOn')
  const { terms, refusals: unclear } = readTerms(typed, today)
  refusals.push(...unclear)
  if (refusals.length > 0 || !blockMinutes || !modality || !startsOn || !endsOn) return { refusals }
  const missionsMax = (typed.missionsMax ?? '').trim()
  const conditions = {
    campaignId: campaign.id,
    blockMinutes,
    modality,
    startsOn,
    endsOn,
    missionsMax: missionsMax === '' ? undefined : Number(missionsMax),
    hasNoCounterpart: typed.noCounterpart === 'yes',
    terms,
  }
  return { conditions, lines }
}

function readLines(
  typed: Typed,
  openFamilies: string[],
  refuse: (code: string, field: string) => void,
): PledgeLine[] {
  const lines = openFamilies.flatMap((family) => {
    const field = `hours-${family}`
    const text = (typed[field] ?? '').trim()
    if (text === '') return []
    const pledgedMinutes = parseHours(text)
    if (pledgedMinutes === undefined) refuse('pledges:refused.hours', field)
    return [{ family, pledgedMinutes: pledgedMinutes ?? minutes(0) }]
  })
  if (lines.length === 0) refuse('pledges:refused.nothing', `hours-${openFamilies[0] ?? ''}`)
  return lines
}
