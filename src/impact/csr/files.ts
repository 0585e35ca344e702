import { type Column, hoursCell, type Say, textCell } from '#platform'
import type { CsrFigures, GiftHours } from './figures.ts'

export const measures = ['promised', 'allocated', 'done', 'confirmed', 'left'] as const
export type Measure = (typeof measures)[number]

/** A month knows only what was worked. */
export type ExportedLine = { view: string; name: string } & Partial<GiftHours>

/** The three tables of the page below each other, as a sheet that pivots. */
export function exportedLines(figures: CsrFigures, say: Say): ExportedLine[] {
  const { families, sites, months } = figures
  return [
    ...families.map(({ family, ...hours }) => ({
      view: say('impact:csr.family'),
      name: say(`campaigns:family.${family}`),
      ...hours,
    })),
    ...sites.map(({ site, ...hours }) => ({
      view: say('impact:csr.site'),
      name: site ?? say('impact:csr.noSite'),
      ...hours,
    })),
    ...months.map(({ month, ...hours }) => ({
      view: say('impact:csr.month'),
      name: month,
      ...hours,
    })),
  ]
}

export function exportedColumns(say: Say): Column<ExportedLine>[] {
  return [
    { name: say('impact:csr.view'), cell: ({ view }) => textCell(view) },
    { name: say('impact:csr.name'), cell: ({ name }) => textCell(name) },
    ...measures.map((measure) => ({
      name: say('impact:csr.inHours', { measure: say(`impact:csr.measure.${measure}`) }),
      cell: (line: ExportedLine) => hoursCell(line[`${measure}Minutes`]),
    })),
  ]
}
