import { expect, test } from 'vitest'
import { readDate, readYear } from './dates.ts'
import { yearWritten } from './year-hint.ts'

const LAST_YEAR = 2027

test.each([
  ['2017-04-13', '2017-04-13'],
  ['2018-01-04_2021-06-21', '2018-01-04'],
  ['06/12/2022', '2022-12-06'],
  ['6.1.22', '2022-01-06'],
  ['20190308', '2019-03-08'],
  ['43655', '2019-07-09'],
  [43655, '2019-07-09'],
  ['Commission Permanente du 22 mai 2023', '2023-05-22'],
  ['1er février 2024', '2024-02-01'],
  ['2024-02-30', 'unreadable'],
  ['31/12/4435', 'impossible'],
  ['bientôt', 'unreadable'],
  ['2014', '2014'],
  ['', 'blank'],
])('the date %j is read as %s', (cell, expected) => {
  const reading = readDate(cell, LAST_YEAR)
  const shown = {
    day: () => ('day' in reading ? reading.day : ''),
    year: () => ('year' in reading ? String(reading.year) : ''),
  }
  expect(
    reading.kind === 'day' ? shown.day() : reading.kind === 'year' ? shown.year() : reading.kind,
  ).toBe(expected)
})

test.each([[0], [1], [16], [18], [1974], [4435], [2030]])(
  'the year %i is no year of a grant, so it is never kept',
  (year) => expect(readYear(year, LAST_YEAR)).toEqual({ kind: 'impossible' }),
)

test.each([
  [{ titles: ['Année : 2017'], sheet: '', headers: [], fileName: 'a-2018.csv' }, 2017],
  [
    {
      titles: [],
      sheet: '',
      headers: ['Montant demandé 2014', 'proposée 2014'],
      fileName: 'x.xls',
    },
    2014,
  ],
  [{ titles: [], sheet: '', headers: [], fileName: '201903_Publication.csv' }, 2019],
  [{ titles: [], sheet: '', headers: [], fileName: 'subventions-2018-2020.csv' }, undefined],
])('the year of a file comes from its title, its headers, then its name', (sources, expected) => {
  expect(yearWritten(sources)).toBe(expected)
})
