import { sayIn } from '#platform'
import { drawn } from './charts.ts'
import type { ReplayReport } from './report.ts'

const CHART_ROWS = 25

/** The largest grants: cash and hours against what they had. */
export function associationsChart(report: ReplayReport): string {
  const say = sayIn(report.language)
  const lines = report.lines.slice(0, CHART_ROWS)
  return drawn({
    id: 'chart-associations',
    title: say('replay:chart.associations'),
    description: say('replay:chart.associationsText', { count: lines.length }),
    labels: lines.map(({ name }) => name),
    isStacked: true,
    series: [
      {
        name: say('replay:column.cash'),
        look: 'cash',
        values: lines.map((one) => one.cashCents / 100),
      },
      {
        name: say('replay:column.hoursValue'),
        look: 'hours',
        values: lines.map((one) => one.hoursValueCents / 100),
      },
    ],
    marks: {
      name: say('replay:column.before'),
      values: lines.map((one) => one.baselineCents / 100),
    },
    unit: ' €',
    language: report.language,
  })
}

export function bandsChart(report: ReplayReport): string {
  const say = sayIn(report.language)
  return drawn({
    id: 'chart-bands',
    title: say('replay:chart.bands'),
    description: say('replay:chart.bandsText'),
    labels: report.bands.map(({ label }) => label),
    isStacked: false,
    series: [
      {
        name: say('replay:column.cashAlone'),
        look: 'cash',
        values: report.bands.map(({ withoutHours }) => withoutHours),
      },
      {
        name: say('replay:column.withHours'),
        look: 'hours',
        values: report.bands.map(({ withHours }) => withHours),
      },
    ],
    unit: '',
    language: report.language,
  })
}

export function familiesChart(report: ReplayReport): string {
  const say = sayIn(report.language)
  const inHours = (count: number) => count / 60
  return drawn({
    id: 'chart-families',
    title: say('replay:familiesTitle'),
    description: say('replay:chart.familiesText'),
    labels: report.families.map(({ family }) => family),
    isStacked: true,
    series: [
      {
        name: say('replay:column.used'),
        look: 'hours',
        values: report.families.map(({ usedMinutes }) => inHours(usedMinutes)),
      },
      {
        name: say('replay:column.unused'),
        look: 'left',
        values: report.families.map((one) => inHours(one.pledgedMinutes - one.usedMinutes)),
      },
    ],
    unit: ' h',
    language: report.language,
  })
}
