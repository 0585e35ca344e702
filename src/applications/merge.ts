import { sha256, type Typed } from '#platform'

/** What a form held when it was opened, a digest a field; a field that is not in it was blank. */
export type Base = Record<string, string>

/** One answer changed by two people since it was opened: nobody's words are chosen for them. */
export type Conflict = { field: string; mine: string; theirs: string }

export type Sides = { base: Base; mine: Typed; theirs: Typed }

export type Merged = {
  /** Every answer of the form once both hands are put together; a conflict keeps theirs. */
  typed: Typed
  /** Changed by this person alone. */
  kept: string[]
  /** Changed by others alone. */
  taken: string[]
  conflicts: Conflict[]
}

/** Two hands in one form: each field goes to whoever changed it (DN-5716, SGG-5961). */
export function mergeTyped({ base, mine, theirs }: Sides): Merged {
  const merged: Merged = { typed: {}, kept: [], taken: [], conflicts: [] }
  for (const [field, own] of Object.entries(mine)) {
    const other = theirs[field] ?? ''
    const opened = base[field] ?? BLANK
    const isMine = own !== other && digestOfText(own) !== opened
    const isTheirs = own !== other && digestOfText(other) !== opened
    merged.typed[field] = isMine && !isTheirs ? own : other
    if (isMine && isTheirs) merged.conflicts.push({ field, mine: own, theirs: other })
    else if (isMine) merged.kept.push(field)
    else if (isTheirs) merged.taken.push(field)
  }
  return merged
}

export function baseOf(typed: Typed): Base {
  const filled = Object.entries(typed).filter(([, value]) => value !== '')
  return Object.fromEntries(filled.map(([field, value]) => [field, digestOfText(value)]))
}

/** What the form says about itself; what it cannot have said counts as nothing. */
export function readBase(text: string | undefined): Base {
  const said = parsed(text ?? '')
  if (typeof said !== 'object' || said === null) return {}
  const pairs = Object.entries(said).filter(([, digest]) => typeof digest === 'string')
  return Object.fromEntries(pairs)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Long enough to tell two versions of one answer apart; no secret depends on it. */
export function digestOfText(text: string): string {
  return sha256(text).slice(0, 12)
}

const BLANK = digestOfText('')

/** A version that somebody chose to leave out: kept to be read. */
export type Left = { field: string; value: string; isMine: boolean }

/**
 * The versions that the person chose, where they chose between those that stand now: a third one
 * written meanwhile (`seen-` no longer fits) is shown again.
 */
export function resolved(sides: Sides, typed: Typed): { sides: Sides; left: Left[] } {
  const left: Left[] = []
  const base = { ...sides.base }
  const mine = { ...sides.mine }
  for (const [field, own] of Object.entries(sides.mine)) {
    const other = sides.theirs[field] ?? ''
    const choice = typed[`keep-${field}`]
    if (choice === undefined || typed[`seen-${field}`] !== digestOfText(other)) continue
    base[field] = digestOfText(other)
    if (choice === 'theirs') {
      mine[field] = other
      left.push({ field, value: own, isMine: true })
    } else if (choice === 'both') mine[field] = `${other}\n\n${own}`
    else left.push({ field, value: other, isMine: false })
  }
  return { sides: { base, mine, theirs: sides.theirs }, left }
}
