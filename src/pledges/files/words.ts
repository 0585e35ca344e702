import { type Day, day, parseHours } from '#kit'
import { languages, sayIn } from '#platform'
import { fold, readDate } from '#territory'
import type { Modality } from '../rules.ts'

/** The skill that a person means: its code, its name, or the one whose name shares most of their words. */
export function familyIn(text: string, openFamilies: string[]): string | undefined {
  const said = bare(text)
  const named = openFamilies.map((family) => ({
    family,
    names: [family, ...languages.map((language) => sayIn(language)(`campaigns:family.${family}`))],
  }))
  const exact = named.find(({ names }) => names.some((name) => bare(name) === said))
  if (exact) return exact.family
  const words = said.split(' ').filter((word) => word.length >= WORD_MIN)
  const shared = named.map(({ family, names }) => {
    const own = names.flatMap((name) => bare(name).split(' '))
    return { family, count: words.filter((word) => own.some((one) => one.startsWith(word))).length }
  })
  const [best, second] = shared.sort((a, b) => b.count - a.count)
  return best && best.count > (second?.count ?? 0) ? best.family : undefined
}

// « et », « des », « web »: too short to tell one skill from another.
const WORD_MIN = 4

/** « À distance : oui » and « sur place » alike. */
export function modalityIn(text: string): Modality | undefined {
  const said = bare(text)
  if (/hybrid|mixte|deux|both|sur place ou|site ou|on site or/.test(said)) return 'hybrid'
  if (/^(non|no|n)$|sur place|on.?site|presentiel|sur site/.test(said)) return 'on_site'
  if (/^(oui|yes|o|y|x)$|distance|remote|teletravail|distanciel/.test(said)) return 'remote'
  return undefined
}

/** A day as spreadsheets and people write it; what is no day comes back as it was, to be refused. */
export function dayIn(text: string): Day | string {
  const read = readDate(text, LAST_YEAR)
  return read.kind === 'day' ? day(read.day) : text
}

// The season's own dates refuse what is too late.
const LAST_YEAR = 2199

/** Spreadsheets count `3,5` or `40,0`; a suffix « heures » is no fault. */
export function hoursIn(text: string): string {
  const plain = text.replace(/\s*(heures?|hours?|hrs?)\.?$/i, ' h').trim()
  const bareNumber = plain.replace(/\s*h$/i, '')
  return parseHours(plain) === undefined && parseHours(bareNumber) !== undefined
    ? bareNumber
    : plain
}

function bare(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}
