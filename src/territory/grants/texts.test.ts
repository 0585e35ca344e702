import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sayIn } from '#platform'
import { grantFields } from './fields.ts'

const SOURCES = ['src/territory/grants', 'src/platform/tables']
const CODE = /'((?:amount|name|row|siret|siren|rna|year|date|mixed|nature|table)-[a-z-]+)'/g
// Where a year was read, not what is wrong with it.
const OTHER_WORDS = new Set(['year-column'])

test.each(['fr', 'en'] as const)(
  'every refusal and every doubt has its reason and its remedy (%s)',
  (language) => {
    const say = sayIn(language)
    const codes = [...codesIn(SOURCES)].filter((code) => !OTHER_WORDS.has(code))
    expect(codes.length).toBeGreaterThan(25)
    for (const key of codes.flatMap((code) => [`grants:reason.${code}`, `grants:remedy.${code}`]))
      expect(say(key), key).not.toBe(key.slice('grants:'.length))
    for (const field of grantFields) expect(say(`grants:field.${field}`)).not.toContain('field.')
  },
)

function codesIn(folders: string[]): Set<string> {
  const files = folders.flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
  const sources = files.filter((file) => !file.endsWith('.test.ts'))
  const texts = sources.map((file) => readFileSync(file, 'utf8')).join('\n')
  return new Set([...texts.matchAll(CODE)].map((match) => match[1] ?? ''))
}
