import { hoursValueOf, type ProposedLine } from './lines.ts'
import { percentText } from './percent.ts'
import type { Words } from './words.ts'

const ROW = 34
const WIDTH = 790
const BARS_FROM = 216
/** Right of the bars stands the rate. */
const BARS_WIDTH = WIDTH - BARS_FROM - 62
const NAME_LETTERS = 30
export const rowsMax = 40

/**
 * Cash and valued hours of each association against last year's grant. The hours are hatched, so that colour is not
 * alone to tell them; the table beside has the same figures. Drawn alike on the server and in the browser.
 */
export function Chart({ lines, words }: { lines: ProposedLine[]; words: Words }) {
  const { say } = words
  const shown = lines.slice(0, rowsMax)
  const longest = Math.max(1, ...shown.map(furthestOf))
  const widthOf = (value: bigint) => rounded((Number(value) / longest) * BARS_WIDTH)
  return (
    <svg
      class="chart"
      role="img"
      aria-labelledby="chart-title chart-description"
      viewBox={`0 0 ${WIDTH} ${shown.length * ROW + 12}`}
    >
      <title id="chart-title">{say('scenarios:byAssociation')}</title>
      <desc id="chart-description">{say('scenarios:chartDescription')}</desc>
      <defs>
        <pattern
          id="weave"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="hours-light" width="6" height="6" />
          <rect class="hours-dark" width="3" height="6" />
        </pattern>
      </defs>
      {shown.map((line, rank) => (
        <Bar line={line} top={rank * ROW} widthOf={widthOf} language={words.language} />
      ))}
    </svg>
  )
}

type BarView = {
  line: ProposedLine
  top: number
  widthOf: (value: bigint) => number
  language: string
}

function Bar({ line, top, widthOf, language }: BarView) {
  const { associationName: name, cashCents, baselineCents, totalCents } = line
  const cash = widthOf(cashCents)
  const before = BARS_FROM + widthOf(baselineCents)
  const end = BARS_FROM + Math.max(widthOf(totalCents), widthOf(baselineCents))
  return (
    <g transform={`translate(0 ${top})`}>
      <text x={BARS_FROM - 10} y="21" text-anchor="end">
        {name.length > NAME_LETTERS ? `${name.slice(0, NAME_LETTERS - 1).trimEnd()}…` : name}
      </text>
      <rect class="cash" x={BARS_FROM} y="8" width={cash} height="18" rx="2" />
      <rect
        x={rounded(BARS_FROM + cash)}
        y="8"
        width={widthOf(hoursValueOf(line))}
        height="18"
        rx="2"
        fill="url(#weave)"
      />
      {baselineCents > 0n && <line class="before" x1={before} x2={before} y1="3" y2="31" />}
      <text class="rate" x={rounded(end + 8)} y="21">
        {percentText(line.ratio, language)}
      </text>
    </g>
  )
}

function furthestOf({ totalCents, baselineCents }: ProposedLine): number {
  return Number(totalCents > baselineCents ? totalCents : baselineCents)
}

/** A tenth of a pixel is enough. */
function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10
}
