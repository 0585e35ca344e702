import type { Cell } from '#platform'
import { type ColumnContent, contentOf } from './column-content.ts'
import { type GrantField, isMoneyField, type MappedColumn } from './fields.ts'
import { type HeaderMeaning, meaningOf } from './header-rules.ts'

/** Below this, a column found only by its values is a guess that the page shows as such. */
export const GUESS_CONFIDENCE = 0.3
const CONTRADICTED = 0.3

type Candidate = {
  header: string
  meaning: HeaderMeaning
  confidence: number
  content: ColumnContent
}

/** Says what each column means. `samples`: some rows under the header; they settle what the words leave open. */
export function proposeMapping(
  headers: readonly string[],
  samples: readonly Cell[][] = [],
): MappedColumn[] {
  const candidates = headers.map((header, rank) => {
    const content = contentOf(samples.map((cells) => cells[rank]))
    return { header, content, ...weighed(meaningOf(header), content) }
  })
  settleAttributaire(candidates)
  settleNames(candidates)
  const columns = onePerField(candidates)
  if (samples.length > 0) guessMissing(columns, candidates)
  return columns
}

/** Values that contradict the words take most of their weight away. */
function weighed(
  found: ReturnType<typeof meaningOf>,
  content: ColumnContent,
): ReturnType<typeof meaningOf> {
  const { meaning, confidence } = found
  if (content.filled === 0 || meaning === 'ignored') return found
  const dated = content.dates + content.years + content.serials
  const isContradicted =
    (isMoneyMeaning(meaning) && content.money < 0.3) ||
    (/siret|siren|Id$/i.test(meaning) && content.identifiers < 0.2) ||
    (/Name$/.test(meaning) && content.words < 0.2 && content.identifiers < 0.5) ||
    (meaning === 'nature' && content.money > 0.8) ||
    (meaning === 'purpose' && content.money > 0.9) ||
    (meaning === 'agreedOn' && dated < 0.3)
  const isNonsense =
    (isMoneyMeaning(meaning) && meaning !== 'amountCents' && content.money < 0.3) ||
    (meaning === 'year' && dated < 0.1 && content.words > 0.5)
  // « Délibération du » holds days, not references.
  if (meaning === 'decisionReference' && content.dates > 0.8)
    return { meaning: 'agreedOn', confidence: 0.8 }
  if (isNonsense) return { meaning: 'ignored', confidence: 0 }
  return isContradicted ? { meaning, confidence: confidence * CONTRADICTED } : found
}

function isMoneyMeaning(meaning: HeaderMeaning): boolean {
  return (
    meaning !== 'eitherName' &&
    meaning !== 'eitherId' &&
    meaning !== 'ignored' &&
    isMoneyField(meaning)
  )
}

/** `Attributaire` is the giver in a file that names a beneficiary too, and the receiver elsewhere. */
function settleAttributaire(candidates: Candidate[]): void {
  const has = (meaning: HeaderMeaning) =>
    candidates.some((one) => one.meaning === meaning && one.confidence > 0.4)
  const isGiver = has('beneficiaryName')
  for (const candidate of candidates) {
    if (candidate.meaning === 'eitherName')
      candidate.meaning = isGiver ? 'grantorName' : 'beneficiaryName'
    if (candidate.meaning === 'eitherId')
      candidate.meaning = isGiver || has('beneficiarySiret') ? 'grantorId' : 'beneficiarySiret'
  }
}

/** `Collectivité` alone names the giver; a lone SIRET column with one single value is the giver's too. */
function settleNames(candidates: Candidate[]): void {
  const sirets = candidates.filter(({ meaning }) => meaning === 'beneficiarySiret')
  const varied = sirets.filter(({ content }) => content.distinct > 1)
  const hasName = candidates.some(({ meaning }) => meaning === 'beneficiaryName')
  const hasSiretWord = sirets.some(({ header }) => /siret/i.test(header))
  for (const candidate of sirets) {
    // An « identification » beside a SIRET, or made of words, is the name.
    const isOther = sirets.length > 1 && hasSiretWord && !/sire[tn]/i.test(candidate.header)
    if (!hasName && (isOther || candidate.content.words > 0.8))
      candidate.meaning = 'beneficiaryName'
  }
  if (sirets.length < 2 || varied.length === 0) return
  for (const candidate of sirets)
    if (candidate.content.filled > 3 && candidate.content.distinct === 1)
      candidate.meaning = 'grantorId'
}

function onePerField(candidates: Candidate[]): MappedColumn[] {
  const best = new Map<HeaderMeaning, Candidate>()
  for (const candidate of candidates) {
    const rival = best.get(candidate.meaning)
    if (!rival || isBetter(candidate, rival)) best.set(candidate.meaning, candidate)
  }
  return candidates.map((candidate) => {
    const { header, meaning, confidence } = candidate
    const isChosen = best.get(meaning) === candidate && confidence > 0
    const field = isChosen ? fieldOf(meaning) : undefined
    return field ? { header, field, confidence } : { header, confidence: 0 }
  })
}

function isBetter(candidate: Candidate, rival: Candidate): boolean {
  if (Math.abs(candidate.confidence - rival.confidence) > 0.05)
    return candidate.confidence > rival.confidence
  // Of amounts of several years, the last year is the one that a campaign starts from.
  const [year, rivalYear] = [yearIn(candidate.header), yearIn(rival.header)]
  if (year !== rivalYear && year && rivalYear) return year > rivalYear
  // Of two equal names, the column that is filled more and varies more says more.
  if (candidate.content.filled !== rival.content.filled) {
    if (candidate.content.filled > 2 * rival.content.filled) return true
    if (rival.content.filled > 2 * candidate.content.filled) return false
  }
  return candidate.confidence > rival.confidence
}

function yearIn(header: string): number {
  return Number(/(?<!\d)20\d\d(?!\d)/.exec(header)?.[0] ?? 0)
}

function fieldOf(meaning: HeaderMeaning): GrantField | undefined {
  return meaning === 'ignored' || meaning === 'eitherName' || meaning === 'eitherId'
    ? undefined
    : meaning
}

/** The name and the amount are searched among the values when no header says them, at low confidence. */
function guessMissing(columns: MappedColumn[], candidates: Candidate[]): void {
  const has = (...fields: GrantField[]) =>
    columns.some(({ field }) => field && fields.includes(field))
  if (
    !has('beneficiaryName') &&
    has('amountCents', 'requestedCents', 'beneficiarySiret', 'purpose')
  ) {
    guess(
      columns,
      candidates,
      'beneficiaryName',
      ({ words, identifiers }) => words > 0.8 && identifiers < 0.2,
    )
  }
  if (
    !has('amountCents', 'requestedCents', 'operatingCents', 'proposedCents') &&
    has('beneficiaryName')
  ) {
    guess(columns, candidates, 'amountCents', (content) => {
      const { money, years, identifiers, dates } = content
      return money > 0.8 && years < 0.5 && identifiers < 0.3 && dates < 0.3
    })
  }
}

function guess(
  columns: MappedColumn[],
  candidates: Candidate[],
  field: GrantField,
  fits: (content: ColumnContent) => boolean,
): void {
  const [best] = candidates
    .map(({ content, header }, rank) => ({ content, header, rank }))
    .filter(({ rank, content }) => !columns[rank]?.field && content.distinct > 1 && fits(content))
    .toSorted((a, b) => b.content.distinct - a.content.distinct)
  if (best) columns[best.rank] = { header: best.header, field, confidence: GUESS_CONFIDENCE }
}
