import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInstance } from 'i18next'
import { root } from './root.ts'

export const languages = ['fr', 'en'] as const
export type Language = (typeof languages)[number]

/** `say('pledges:title')`: the sentence of texts/<language>/pledges.json. Values are put in as they are: JSX escapes. */
export type Say = (key: string, values?: Record<string, unknown>) => string

const resources = Object.fromEntries(
  languages.map((language) => [language, readTexts(join(root, 'texts', language))]),
)

const i18n = createInstance({
  resources,
  lng: 'fr',
  fallbackLng: 'fr',
  supportedLngs: [...languages],
  ns: Object.keys(resources.fr ?? {}),
  defaultNS: 'platform',
  interpolation: { escapeValue: false },
  returnNull: false,
  showSupportNotice: false,
  initAsync: false,
} as Parameters<typeof createInstance>[0])
await i18n.init()

export function sayIn(language: Language): Say {
  const fixed = i18n.getFixedT(language)
  const known = bareSentences[language]
  return (key, values) => {
    if (values) return fixed(key, values) as string
    const sentence = known.get(key) ?? (fixed(key) as string)
    known.set(key, sentence)
    return sentence
  }
}

// A table says the same words on each of its three hundred lines: those without values are kept.
const bareSentences: Record<Language, Map<string, string>> = { fr: new Map(), en: new Map() }

export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text)
}

function readTexts(folder: string): Record<string, object> {
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      file.replace('.json', ''),
      JSON.parse(readFileSync(join(folder, file), 'utf8'), inItsSpaces(folder)) as object,
    ]),
  )
}

/** French puts a space before « : ; ? ! » that no line may break; the files are written with plain ones. */
function inItsSpaces(folder: string) {
  return (_key: string, value: unknown) =>
    typeof value === 'string' && folder.endsWith('fr')
      ? value.replace(/ ([;?!])/g, '\u202f$1').replace(/ ([:»%€])|(«) /g, '$2\u00a0$1')
      : value
}
