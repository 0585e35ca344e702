import type { ProposedLine } from '#allocation'
import { type Cents, parseDay, parseEuros, type Refusal, type Refused, refusal } from '#kit'
import type { Typed } from '#platform'
import type { DeliberationInput, LineVote } from './actions/council.ts'
import type { Interest } from './rules.ts'

/** The clerk's table as typed, read into votes; a cell left empty takes its usual value. */
export function readVote(
  typed: Typed,
  { lines, interests }: { lines: ProposedLine[]; interests: Interest[] },
): DeliberationInput | Refused {
  const refusals: Refusal[] = []
  const count = (field: string, otherwise: number) => {
    const text = typed[field]?.trim() ?? ''
    if (text === '') return otherwise
    if (/^\d{1,3}$/.test(text)) return Number(text)
    refusals.push(refusal('awards:refused.count', { field }))
    return otherwise
  }
  const needed = (field: string) => {
    if (!typed[field]?.trim()) refusals.push(refusal('awards:refused.count', { field }))
    return count(field, 0)
  }
  const heldOn = parseDay(typed.heldOn ?? '')
  if (!heldOn) refusals.push(refusal('awards:refused.day', { field: 'heldOn' }))
  const presentCount = needed('presentCount')
  const inOfficeCount = needed('inOfficeCount')
  const votes = lines.map((line): LineVote => {
    const { applicationId } = line
    const recusedIds = recusedOn(typed, line, interests)
    const votesAgainst = count(`against-${applicationId}`, 0)
    const abstentions = count(`abstentions-${applicationId}`, 0)
    const others = presentCount - recusedIds.length - votesAgainst - abstentions
    const cashCents = readCash(typed, line)
    if (cashCents === undefined)
      refusals.push(refusal('awards:refused.amount', { field: `cash-${applicationId}` }))
    return {
      applicationId,
      cashCents: cashCents ?? line.cashCents,
      // Most lines are unanimous: an empty cell is everyone else who is present.
      votesFor: count(`for-${applicationId}`, Math.max(0, others)),
      votesAgainst,
      abstentions,
      isAdopted: typed[`adopted-${applicationId}`] === 'yes',
      recusedIds,
    }
  })
  if (refusals.length > 0 || !heldOn) return { refusals }
  const sitting = { number: (typed.number ?? '').trim(), heldOn, presentCount, inOfficeCount }
  return { scenarioId: typed.scenarioId ?? '', sitting, votes }
}

/** Whether the table that was sent has anything on this line. */
export function isTyped(typed: Typed, { applicationId }: ProposedLine): boolean {
  return Object.keys(typed).some((name) => name.includes(`-${applicationId}`))
}

function readCash(typed: Typed, line: ProposedLine): Cents | undefined {
  const text = typed[`cash-${line.applicationId}`]?.trim()
  if (text === undefined || text === '') return line.cashCents
  const read = parseEuros(text)
  return read !== undefined && read >= 0n ? read : undefined
}

function recusedOn(typed: Typed, line: ProposedLine, interests: Interest[]): string[] {
  const declared = interests.filter(({ associationId }) => associationId === line.associationId)
  const left = declared
    .map(({ personId }) => personId)
    .filter((personId) => typed[`recused-${line.applicationId}-${personId}`] === 'yes')
  const other = typed[`other-${line.applicationId}`]
  return [...new Set(other ? [...left, other] : left)]
}
