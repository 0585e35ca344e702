import { FIRST_YEAR } from './dates.ts'

type Sources = {
  amountHeader?: string
  titles: string[]
  sheet: string
  headers: string[]
  fileName: string
}

const LAST_YEAR_OF_THIS_CENTURY_HALF = 2069

/** The one year that the amount's header or the title says, else the sheet's name, the headers, the file's name. Two years say none. */
export function yearWritten({
  amountHeader = '',
  titles,
  sheet,
  headers,
  fileName,
}: Sources): number | undefined {
  return [
    amountHeader,
    titles.join(' '),
    sheet,
    headers.filter((text) => text.length < 60).join(' '),
    fileName,
  ]
    .map(onlyYearIn)
    .find((year) => year !== undefined)
}

function onlyYearIn(text: string): number | undefined {
  // 201903 in a name is March 2019.
  const found = [...text.matchAll(/(?<!\d)((?:19|20)\d{2})(?:0[1-9]|1[0-2])?(?!\d)/g)].map(
    (match) => Number(match[1]),
  )
  const years = new Set(
    found.filter((year) => year >= FIRST_YEAR && year <= LAST_YEAR_OF_THIS_CENTURY_HALF),
  )
  return years.size === 1 ? [...years][0] : undefined
}
