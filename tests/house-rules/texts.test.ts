import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#platform'
import { filesUnder, sourceFiles, withoutComments } from './source.ts'

type Texts = { [key: string]: string | Texts }

function flattened(texts: Texts, head = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[head + key, value]] : flattened(value, `${head}${key}.`),
  )
}

function textsIn(language: string): Map<string, string> {
  return new Map(
    filesUnder([join('texts', language)], /\.json$/).flatMap(({ path }) =>
      flattened(JSON.parse(readFileSync(join(root, path), 'utf8')), `${basename(path, '.json')}:`),
    ),
  )
}

const french = textsIn('fr')
const english = textsIn('en')
const rooms = [...new Set([...french.keys()].map((key) => key.split(':')[0]))]

// 'pledges:title' is a key; `pledges:state.${state}` stands for every key of that shape.
const quoted = new RegExp(`['"\`]((?:${rooms.join('|')}):[^'"\`\\s]*)['"\`]`, 'g')
const named = sourceFiles
  .filter(({ path }) => !path.includes('.test.'))
  .flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(quoted)].map(([, key = '']) => ({ path, key })),
  )
const literals = named.filter(({ key }) => !key.includes('${'))
const shapes = named
  .filter(({ key }) => key.includes('${'))
  .map(({ path, key }) => ({ path, key, shape: shapeOf(key) }))

function shapeOf(key: string): RegExp {
  const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^()[\]\\|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.+')}$`)
}

/** A notice is named by its group: its subject and its body are sent together. */
const lettersOf = (key: string) => [`${key}.subject`, `${key}.body`]

/** `count` chooses between `refused_one` and `refused_other`. */
const bare = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')

test('every sentence exists in French and in English', () => {
  const missing = {
    french: [...english.keys()].filter((key) => !french.has(key)),
    english: [...french.keys()].filter((key) => !english.has(key)),
  }
  expect(missing).toEqual({ french: [], english: [] })
})

test('both languages say the same values', () => {
  const valuesOf = (text: string) =>
    [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name))].sort()
  const faults = [...french].filter(([key, text]) => {
    const other = english.get(key)
    return other !== undefined && valuesOf(text).join() !== valuesOf(other).join()
  })
  expect(faults.map(([key]) => key)).toEqual([])
})

test('every sentence that a page asks for is written', () => {
  const known = new Set([...french.keys()].flatMap((key) => [key, bare(key)]))
  const missing = literals
    .filter(({ key }) => !known.has(key) && !lettersOf(key).every((part) => known.has(part)))
    .map(({ path, key }) => `${path}: ${key}`)
  const empty = shapes
    .filter(({ shape }) => ![...known].some((key) => shape.test(key)))
    .map(({ path, key }) => `${path}: ${key}`)
  expect([...missing, ...empty]).toEqual([])
})

test('no sentence is written for nobody', () => {
  const used = new Set(literals.flatMap(({ key }) => [key, ...lettersOf(key)]))
  const unused = [...french.keys()].filter(
    (key) =>
      !used.has(key) &&
      !used.has(bare(key)) &&
      !shapes.some(({ shape }) => shape.test(key) || shape.test(bare(key))),
  )
  expect(unused).toEqual([])
})

test('no sentence is left empty or unfinished', () => {
  const faults = [...french, ...english].filter(
    ([, text]) => text.trim() === '' || /TODO|XXX|lorem/i.test(text),
  )
  expect(faults).toEqual([])
})
