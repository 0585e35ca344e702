import { BarChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { hoursValueOf, type ProposedLine } from './lines.ts'
import { percentText } from './percent.ts'

use([BarChart, ScatterChart, GridComponent, AriaComponent, SVGRenderer])

// The theme's own values: a drawing made on the server knows no CSS variable.
const colours = { cash: '#27348b', hours: '#c2571b', hoursLight: '#e9c2ac', ink: '#1e2b3c' }
const ROW_PIXELS = 34
const WIDTH_PIXELS = 790
const LABEL_PIXELS = 200
export const rowsMax = 40

/**
 * Cash and valued hours of each association against last year's grant, as an SVG. The hours are
 * hatched, so that colour is not alone to tell them; the table beside it has the same figures.
 */
export function chartOf(
  lines: ProposedLine[],
  words: { title: string; description: string; language: string },
): string {
  const shown = lines.slice(0, rowsMax)
  const height = shown.length * ROW_PIXELS + 12
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH_PIXELS, height })
  chart.setOption(optionOf(shown, words.language))
  const drawn = chart.renderToSVGString()
  chart.dispose()
  return named(drawn, words, height)
}

function optionOf(lines: ProposedLine[], language: string) {
  const euros = (value: bigint) => Number(value) / 100
  const text = {
    fontFamily: 'Source Sans 3 Variable, sans-serif',
    fontSize: 13,
    color: colours.ink,
  }
  const furthest = lines.map((line) => Math.max(euros(line.totalCents), euros(line.baselineCents)))
  return {
    animation: false,
    // Turns on the hatching of `decal`.
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    grid: { left: LABEL_PIXELS + 16, right: 62, top: 4, bottom: 8 },
    xAxis: { type: 'value', show: false, max: Math.max(1, ...furthest) },
    yAxis: {
      type: 'category',
      inverse: true,
      data: lines.map((line) => line.associationName),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...text, width: LABEL_PIXELS, overflow: 'truncate', interval: 0 },
    },
    series: [
      {
        type: 'bar',
        stack: 'grant',
        barWidth: 18,
        silent: true,
        itemStyle: { color: colours.cash, borderRadius: 2 },
        data: lines.map((line) => euros(line.cashCents)),
      },
      {
        type: 'bar',
        stack: 'grant',
        barWidth: 18,
        silent: true,
        itemStyle: { color: colours.hoursLight, borderRadius: 2, decal: hatching },
        data: lines.map((line) => euros(hoursValueOf(line))),
      },
      {
        type: 'scatter',
        symbol: 'rect',
        symbolSize: [2, 28],
        silent: true,
        itemStyle: { color: colours.ink, opacity: 1 },
        data: lines.map((line) => (line.baselineCents > 0n ? euros(line.baselineCents) : '-')),
      },
      {
        type: 'scatter',
        symbolSize: 0,
        silent: true,
        itemStyle: { opacity: 1 },
        label: {
          ...text,
          show: true,
          position: 'right',
          fontWeight: 650,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            percentText(lines[dataIndex]?.ratio ?? 0, language),
        },
        data: furthest,
      },
    ],
  }
}

const hatching = {
  symbol: 'rect',
  color: colours.hours,
  dashArrayX: [1, 0],
  dashArrayY: [3, 3],
  rotation: -Math.PI / 4,
}

/** A name and a description for those who hear the page; what serves a moving chart is left out. */
function named(
  svg: string,
  { title, description }: { title: string; description: string },
  height: number,
): string {
  const head = `<svg class="chart" role="img" aria-labelledby="chart-title chart-description" viewBox="0 0 ${WIDTH_PIXELS} ${height}" xmlns="http://www.w3.org/2000/svg"><title id="chart-title">${escaped(title)}</title><desc id="chart-description">${escaped(description)}</desc>`
  return svg
    .replace(/^[\s\S]*?<svg[^>]*>/, head)
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ ecmeta_\w+="[^"]*"| xml:space="preserve"| class="zr[^"]*"/g, '')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
