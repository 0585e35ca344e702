import { type Column, hoursCell, type Say, textCell } from '#platform'
import type { CsrFigures, GiftHours } from './figures.ts'

export const measures = ['promised', 'allocated', 'done', 'confirmed', 'left'] as const
export type Measure = (typeof measures)[number]

/** `month`: of the lines that are of one. A month knows only what was worked. */
export type ExportedLine = { view: string; name: string; month: string } & Partial<GiftHours>

/** The tables of the page below each other, as a sheet that pivots. */
export function exportedLines(figures: CsrFigures, say: Say): ExportedLine[] {
  const { families, sites, months, siteMonths } = figures
  return [
    ...families.map(({ family, ...hours }) => ({
      view: say('impact:csr.family'),
      name: say(`campaigns:family.${family}`),
      month: '',
      ...hours,
    })),
    ...sites.map(({ sites: names, ...hours }) => ({
      view: say('impact:csr.site'),
      name: siteName(names, say),
      month: '',
      ...hours,
    })),
    ...months.map((hours) => ({ view: say('impact:csr.month'), name: hours.month, ...hours })),
    ...siteMonths.map(({ sites: names, ...hours }) => ({
      view: say('impact:csr.siteAndMonth'),
      name: siteName(names, say),
      ...hours,
    })),
  ]
}

/** The site; or all those among which it is not known which. */
export function siteName(sites: string[], say: Say): string {
  const [only, ...others] = sites
  if (only === undefined) return say('impact:csr.noSite')
  return others.length === 0 ? only : say('impact:csr.severalSites', { sites: sites.join(' ; ') })
}

export function exportedColumns(say: Say): Column<ExportedLine>[] {
  return [
    { name: say('impact:csr.view'), cell: ({ view }) => textCell(view) },
    { name: say('impact:csr.name'), cell: ({ name }) => textCell(name) },
    { name: say('impact:csr.month'), cell: ({ month }) => textCell(month) },
    ...measures.map((measure) => ({
      name: say('impact:csr.inHours', { measure: say(`impact:csr.measure.${measure}`) }),
      cell: (line: ExportedLine) => hoursCell(line[`${measure}Minutes`]),
    })),
  ]
}
