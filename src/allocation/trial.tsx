import { canonicalJson, cents, minutes } from '#kit'
import { Tag } from '#platform'
import { type Assumptions, readAssumptions } from './assumptions.ts'
import { changesBetween, type Given, givenIn } from './changes.ts'
import { ChangesList } from './changes-list.tsx'
import { askedIn, type SeasonFacts } from './facts.ts'
import { SplitFigures } from './figures.tsx'
import { figuresOf, linesOf, type ProposedLine, type Split, supplyIn } from './lines.ts'
import { LinesChart, LinesReasons, LinesTable } from './lines-table.tsx'
import type { Words } from './words.ts'

/** What a browser needs to try other hypotheses beside a scenario, without asking the server again. */
export type Room = {
  facts: SeasonFacts
  /** Of the scenario: what the form leaves out stays so. */
  assumptions: Assumptions
  /** What the scenario gives. */
  given: Given[]
  year: number
}

/** As JSON, which no page mistakes for markup. */
export function writeRoom(room: Room): string {
  return canonicalJson(room).replaceAll('<', '\\u003c')
}

export function readRoom(text: string): Room {
  const { assumptions, given, ...room } = JSON.parse(text) as Room
  return {
    ...room,
    assumptions: readAssumptions(assumptions, assumptions),
    given: given.map((one) => ({
      ...one,
      cashCents: cents(one.cashCents),
      minutes: minutes(one.minutes),
      totalCents: cents(one.totalCents),
    })),
  }
}

/** The parts of the scenario's page that a trial replaces, by the id of their place. */
export function trialParts(split: Split, { facts, given, year }: Room, words: Words) {
  const lines = byRate(linesOf(split, askedIn(facts)))
  const figures = figuresOf(lines, supplyIn(split.problem))
  const changes = changesBetween(given, givenIn(lines))
  const shown = { words, year, lines }
  return {
    'trial-figures': String(<TrialFigures {...shown} figures={figures} />),
    'trial-lines': String(<LinesPart {...shown} />),
    'trial-reasons': String(<LinesReasons {...shown} />),
    'trial-changes': String(<ChangesList changes={changes} words={words} />),
  }
}

/** So that nobody takes a trial for what is kept. */
function TrialFigures(shown: Parameters<typeof SplitFigures>[0]) {
  return (
    <>
      <p>
        <Tag color="warning">{shown.words.say('scenarios:live.notKept')}</Tag>
      </p>
      <SplitFigures {...shown} />
    </>
  )
}

export function LinesPart(shown: Parameters<typeof LinesTable>[0]) {
  return (
    <>
      <LinesChart {...shown} />
      <LinesTable {...shown} />
    </>
  )
}

/** The worst served first. */
export function byRate(lines: ProposedLine[]): ProposedLine[] {
  return lines.toSorted((a, b) => a.ratio - b.ratio)
}
