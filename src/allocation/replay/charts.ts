import { BarChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, ScatterChart, GridComponent, LegendComponent, AriaComponent, SVGRenderer])

export type Bars = {
  id: string
  title: string
  description: string
  labels: string[]
  series: { name: string; values: number[]; look: 'cash' | 'hours' | 'left' }[]
  isStacked: boolean
  /** A stroke on each bar, such as last year's grant. */
  marks?: { name: string; values: number[] }
  unit: string
  language: string
}

// The theme's own values: a drawing made on its own knows no CSS variable.
const ink = '#1e2b3c'
const looks = {
  cash: { color: '#27348b' },
  hours: { color: '#e9c2ac', decal: hatched('#c2571a') },
  left: { color: '#ffffff', borderColor: '#6b7685', borderWidth: 1, decal: dotted('#6b7685') },
} as const

const WIDTH_PIXELS = 900
const ROW_PIXELS = 30

/** Horizontal bars as an SVG with a name and a description; hatching tells hours from cash without colour. */
export function drawn(bars: Bars): string {
  const rows = bars.labels.length * (bars.isStacked ? 1 : 1.4)
  const height = Math.round(rows * ROW_PIXELS + 90)
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH_PIXELS, height })
  chart.setOption(optionOf(bars))
  const svg = chart.renderToSVGString()
  chart.dispose()
  const head = `<svg class="chart" role="img" aria-labelledby="${bars.id}-name ${bars.id}-text" viewBox="0 0 ${WIDTH_PIXELS} ${height}" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><title id="${bars.id}-name">${escaped(bars.title)}</title><desc id="${bars.id}-text">${escaped(bars.description)}</desc>`
  return (
    svg
      .replace(/^[\s\S]*?<svg[^>]*>/, head)
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(/ (?:ecmeta_\w+|class|xml:space)="(?!chart")[^"]*"/g, '')
      // Several drawings share one page: names of patterns must not meet.
      .replace(/(id="|url\(#)(zr|ec)/g, `$1${bars.id}-$2`)
  )
}

function optionOf({ labels, series, marks, isStacked, unit, language }: Bars) {
  const text = { fontFamily: 'system-ui, sans-serif', fontSize: 13, color: ink }
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB')
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    legend: { top: 0, left: 0, itemGap: 60, textStyle: text, selectedMode: false },
    grid: { left: 250, right: 40, top: 34, bottom: 36 },
    xAxis: {
      type: 'value',
      axisLabel: { ...text, formatter: (value: number) => `${number.format(value)}${unit}` },
      splitNumber: 4,
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: labels,
      axisTick: { show: false },
      axisLabel: { ...text, width: 235, overflow: 'truncate', interval: 0 },
    },
    series: [
      ...series.map(({ name, values, look }) => ({
        type: 'bar',
        name,
        silent: true,
        ...(isStacked ? { stack: 'all' } : {}),
        barMaxWidth: 18,
        itemStyle: looks[look],
        data: values,
      })),
      ...(marks
        ? [
            {
              type: 'scatter',
              name: marks.name,
              symbol: 'rect',
              symbolSize: [3, 24],
              silent: true,
              itemStyle: { color: ink, opacity: 1 },
              data: marks.values,
            },
          ]
        : []),
    ],
  }
}

function hatched(color: string) {
  return { symbol: 'rect', color, dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: -Math.PI / 4 }
}

function dotted(color: string) {
  return { symbol: 'circle', color, symbolSize: 0.4, dashArrayX: [[6, 6]], dashArrayY: [6, 0] }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
