import { type MarginEvent, type Reason, type ResultLine, ratioValue } from '../engine/index.ts'
import { returnOf, wouldTakeMore } from './result-index.ts'
import { isScoreHidden, type View } from './view.ts'
import { euros, familyName } from './wording.ts'

/** What would change the cash of a line: a larger envelope, a higher request, a better score. */
export function cashChanges(view: View, reason: Reason): string[] {
  return [...largerEnvelope(view), ...higherRequest(view, reason), ...betterScore(view, reason)]
}

const THOUSAND_EUROS = 100_000

function largerEnvelope(view: View): string[] {
  const { problem, line, say, language } = view
  const margin = line.margins.envelope
  if (!margin) return []
  const { untilCents, key, id } = nextEvent(view, margin)
  const whole = (cents: number) => cents - (cents % problem.cashUnitCents)
  const until = whole(untilCents)
  const event = say(`allocation:event.${key}`, { who: called(view, id) })
  if (until === 0) return [say('allocation:event.atOnce', { event })]
  const more = Math.min(whole(THOUSAND_EUROS), until)
  const gain = whole(shareOf(margin.share, more))
  const values = {
    added: euros(more, language),
    gain: euros(gain > 0 ? gain : problem.cashUnitCents, language),
    until: euros(until, language),
    event,
  }
  return [
    say(gain > 0 ? 'allocation:more.envelope' : 'allocation:more.almostNothing', values),
    say('allocation:event.then', values),
  ]
}

/** What ends the sharing: what the result says or, before it, somebody set aside who comes back (rule 7). */
function nextEvent({ problem, index, claimant, line }: View, margin: EnvelopeMargin) {
  const { untilCents, event } = margin
  const back = returnOf(index, claimant.envelopeId, problem.cashUnitCents)
  // One unit before it comes back, the shares still hold.
  const backCents = back && Math.max(0, back.cents - problem.cashUnitCents)
  if (back && backCents !== undefined && backCents < untilCents)
    return { untilCents: backCents, key: 'RETURNS', id: back.claimant.id }
  return { untilCents, key: eventKey(event, line.associationId), id: event.associationId }
}

type EnvelopeMargin = NonNullable<ResultLine['margins']['envelope']>

function called({ index, unnamed, say }: View, associationId = ''): string {
  const name = index.associations.get(associationId)?.name ?? associationId
  return unnamed.has(associationId)
    ? say('allocation:event.somebody')
    : say('allocation:event.called', { name })
}

/** Rounded down, exactly: `5/9` of 1 000 €. */
function shareOf(fraction: string, cents: number): number {
  const [top = '0', bottom = '1'] = fraction.split('/')
  return Number((BigInt(top) * BigInt(cents)) / BigInt(bottom))
}

function eventKey({ code, associationId }: MarginEvent, own: string): string {
  if (code === 'JOINS') return associationId === undefined ? 'FLOORS_REACHED' : 'JOINS'
  return associationId === own ? `own.${code}` : code
}

const requestNeverMatters = new Set<Reason['code']>(['NOT_CASH_ELIGIBLE', 'PINNED'])

function higherRequest({ problem, index, claimant, line, say }: View, { code }: Reason): string[] {
  if (requestNeverMatters.has(code) || claimant.requestCents === 0) return []
  const helps =
    line.margins.isHeldByRequest && wouldTakeMore(index, claimant, line, problem.cashUnitCents)
  return [say(helps ? 'allocation:request.helps' : 'allocation:request.changesNothing')]
}

function betterScore(view: View, { code }: Reason): string[] {
  const { claimant, line, say, language } = view
  const points = Math.min(10, 100 - claimant.score)
  const margin = line.margins.tenPoints
  if (!margin || points <= 0 || isScoreHidden(view)) return []
  if (code === 'FLOOR_STAGE') return [say('allocation:points.notYet')]
  if (code === 'OWN_REQUEST_CAP') return [say('allocation:points.changeNothing')]
  if (code !== 'CASH_LEVEL' || margin.gainCents < 100) return []
  return [
    say('allocation:points.help', {
      count: points,
      reference: euros(claimant.referenceCents + margin.referenceCents, language),
      gain: euros(margin.gainCents - (margin.gainCents % 100), language),
    }),
  ]
}

/** An hour more in a skill: never in a letter, since it weighs an hour in euros. */
export function hoursChanges(view: View): string[] {
  const { claimant, line, say, language } = view
  return line.margins.hours.flatMap(({ family, gain }) => {
    const cents = shareOf(gain, 1)
    const hasRoom = line.relaxedCents + cents <= claimant.totalCapCents
    if (!hasRoom || !isLowest(view) || !lacksAnHour(view, family)) return []
    if (meetsOthers(view, cents)) return []
    const values = { family: familyName(say, family), gain: euros(cents, language) }
    return [say(cents < 100 ? 'allocation:more.hourAlmostNothing' : 'allocation:more.hour', values)]
  })
}

/** To the cent, it stands at the level of its group: its useful minimum has not put it above, where no hour would go. */
function isLowest({ index, claimant, line }: View): boolean {
  const group = index.levels[line.level]
  if (!group) return false
  const weight = group.stage === 'floor' ? claimant.floorCents : claimant.referenceCents
  return line.relaxedCents - 1 <= ratioValue(group) * weight
}

/** On its way up it would reach a group with needs of its own, and share the hour with it. */
function meetsOthers({ problem, index, line }: View, gainCents: number): boolean {
  const group = index.levels[line.level]
  const claimant = index.associations.get(line.associationId)
  if (!group || !claimant) return false
  const weight = group.stage === 'floor' ? claimant.floorCents : claimant.referenceCents
  const withNeeds = new Set(problem.needs.map(({ associationId }) => associationId))
  return index.levels
    .slice(line.level + 1)
    .filter((other) => other.stage === group.stage)
    .filter((other) => ratioValue(other) * weight < line.relaxedCents + gainCents)
    .some(({ associationIds }) => associationIds.some((id) => withNeeds.has(id)))
}

/** Even with hours cut at will, one of its own needs in this skill would be an hour short at least. */
function lacksAnHour({ problem, index, line }: View, family: string): boolean {
  const hourlyCents = problem.families.find((one) => one.family === family)?.hourlyValueCents ?? 0
  return line.reasons.some(({ needId = '' }) => {
    const need = index.needs.get(needId)
    if (need?.family !== family) return false
    const askedCents = Math.floor(need.maxMinutes / 30) * (hourlyCents / 2)
    return (index.evenHours.get(needId) ?? 0) + hourlyCents <= askedCents
  })
}
