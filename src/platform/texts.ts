import { textFiles } from './text-files.ts'

export const languages = ['fr', 'en'] as const
export type Language = (typeof languages)[number]

/** `say('pledges:title')`: the sentence of texts/<language>/pledges.json. Values are put in as they are: JSX escapes. */
export type Say = (key: string, values?: Record<string, unknown>) => string

export function sayIn(language: Language): Say {
  const sentenceOf = sentences[language]
  return (key, values) => {
    const sentence = sentenceOf(key, values?.count)
    return values && sentence.includes('{{') ? filled(sentence, values) : sentence
  }
}

function filled(sentence: string, values: Record<string, unknown>): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (place, name: string) => {
    const value = values[name]
    return value === undefined ? place : String(value ?? '')
  })
}

type Texts = { [key: string]: string | Texts }
const texts = { fr: readTexts('fr'), en: readTexts('en') }
const sentences = { fr: sentencesIn('fr'), en: sentencesIn('en') }

/**
 * The sentence of a key, with its places to fill: of several, the one for the count (`_zero`, `_one`, `_other`); in
 * French where the language has none; the key itself where nobody wrote it. Each is looked up once.
 */
function sentencesIn(language: Language): (key: string, count: unknown) => string {
  const plurals = new Intl.PluralRules(language)
  const known = new Map<string, string>()
  return (key, count) => {
    const isNumber = typeof count === 'number' || typeof count === 'bigint'
    const forms = isNumber
      ? [
          ...(Number(count) === 0 ? ['_zero'] : []),
          `_${plurals.select(Number(count))}`,
          '_other',
          '',
        ]
      : ['']
    const place = `${key} ${forms}`
    const sentence = known.get(place) ?? written(language, key, forms) ?? written('fr', key, forms)
    known.set(place, sentence ?? key)
    return sentence ?? key
  }
}

/** `pledges:refused.hours` is under `refused` in the file of the pledges. */
function written(language: Language, key: string, forms: string[]): string | undefined {
  const path = key.split(/[:.]/)
  const last = path.pop() ?? ''
  let within: string | Texts | undefined = texts[language]
  for (const part of path) within = typeof within === 'object' ? within[part] : undefined
  if (typeof within !== 'object') return undefined
  for (const form of forms) {
    const sentence: string | Texts | undefined = within[last + form]
    if (typeof sentence === 'string') return sentence
  }
  return undefined
}

export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text)
}

function readTexts(language: Language): Texts {
  return Object.fromEntries(
    Object.entries(textFiles[language]).map(([room, text]) => [
      room,
      JSON.parse(text, language === 'fr' ? inFrenchSpaces : undefined) as Texts,
    ]),
  )
}

/** French puts a space before « : ; ? ! » that no line may break; the files are written with plain ones. */
function inFrenchSpaces(_key: string, value: unknown): unknown {
  return typeof value === 'string'
    ? value.replace(/ ([;?!])/g, '\u202f$1').replace(/ ([:»%€])|(«) /g, '$2\u00a0$1')
    : value
}
