export type Figures = Record<string, number | string>

type Limit = { least: number } | { most: number }

/** Hears of each figure as soon as it is measured. */
export type Show = (name: string, value: number | string) => void

/** What was measured, in order, and which bars hold: told, never enforced, for a busy machine proves nothing. */
export type Report = {
  figures: Figures
  tell(name: string, value: number | string): void
  /** `isCautious`: the real value can only be better, as when a peer was stopped before it finished. */
  judge(name: string, value: number, limit: Limit, isCautious?: boolean): void
  /** All bars at once, at the end. */
  conclude(): void
}

export function newReport(show: Show): Report {
  const figures: Figures = {}
  const verdicts = new Map<Verdict, string[]>()
  const tell = (name: string, value: number | string) => {
    figures[name] = value
    show(name, value)
  }
  return {
    figures,
    tell,
    judge(name, value, limit, isCautious = false) {
      const isHeld = 'least' in limit ? value >= limit.least : value <= limit.most
      const verdict = isHeld ? 'holds' : isCautious ? 'not known' : 'does not hold'
      const bar = 'least' in limit ? `at least ${limit.least}` : `at most ${limit.most}`
      verdicts.set(verdict, [...(verdicts.get(verdict) ?? []), name])
      tell(name, value)
      tell(`${name}, bar`, `${bar}: ${verdict}${isCautious ? ', and can only be better' : ''}`)
    },
    conclude() {
      for (const [verdict, names] of verdicts) tell(`bars: ${verdict}`, names.join('; '))
    },
  }
}

type Verdict = 'holds' | 'not known' | 'does not hold'
