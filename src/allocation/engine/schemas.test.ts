import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { root } from '#platform'
import { allocate } from './allocate.ts'
import { exampleFiles, examplesOf } from './examples.fixture.ts'
import { pinShapes, shapes } from './shapes.ts'
import { smallProblems } from './small-problems.fixture.ts'

type Schema = { [keyword: string]: unknown }

const schemaOf = (name: string): Schema =>
  JSON.parse(readFileSync(join(root, 'docs', 'schemas', `metis-allocation-${name}.json`), 'utf8'))
const problemSchema = schemaOf('problem')
const resultSchema = schemaOf('result')

test('the schema of problems has the lists and fields that are read, and the same may be left out', () => {
  const listsOf = (schema: Schema) => Object.entries(schema.properties as Record<string, Schema>)
  const fieldsOf = ([list, schema]: [string, Schema]) => {
    const items = Object(schema.items)
    const names = Object.keys(items.properties)
    return [list, names.map((name) => (items.required.includes(name) ? name : `${name}?`)).sort()]
  }
  const read = Object.entries({ ...shapes, ...pinShapes }).map(([list, shape]) => [
    list,
    Object.entries(shape)
      .map(([name, kind]) => (kind.endsWith('?') ? `${name}?` : name))
      .sort(),
  ])
  const pins = Object(problemSchema.properties).pins
  const lists = [...listsOf(problemSchema), ...listsOf(pins)].filter(([, one]) => one.items)
  expect(Object.fromEntries(lists.map(fieldsOf))).toEqual(Object.fromEntries(read))
})

const examples = exampleFiles.flatMap(examplesOf)

test('worked examples and made-up seasons, and what comes out of them, are what the schemas say', async () => {
  const madeUp = fc.sample(smallProblems, { numRuns: 60, seed: 3 })
  for (const problem of [...examples.map((one) => one.problem), ...madeUp]) {
    expect(faults(problem, problemSchema)).toEqual([])
    const result = await allocate(problem)
    if (isRefused(result)) throw new Error(JSON.stringify(result))
    expect(faults(JSON.parse(JSON.stringify(result)), resultSchema)).toEqual([])
  }
})

test('what is not a problem is not one for the schema either', () => {
  const problem = { ...examples[0]?.problem, cashUnitCents: 0, needs: [{ id: '' }] }
  expect(faults(problem, problemSchema)).toEqual([
    '/cashUnitCents minimum',
    '/needs/0 required associationId,family,minMinutes,maxMinutes',
    '/needs/0/id minLength',
  ])
})

/** As much of JSON Schema as our two schemas use. */
function faults(value: unknown, schema: Schema, path = ''): string[] {
  const say = (keyword: string, more: unknown = '') => [`${path} ${keyword} ${more}`.trim()]
  const types: Record<string, boolean> = {
    object: typeof value === 'object' && value !== null && !Array.isArray(value),
    array: Array.isArray(value),
    string: typeof value === 'string',
    boolean: typeof value === 'boolean',
    number: typeof value === 'number',
    integer: Number.isInteger(value),
    null: value === null,
  }
  const checks: Record<string, (expected: never) => string[]> = {
    type: (names: string | string[]) =>
      [names].flat().some((name) => types[name]) ? [] : say('type', names),
    const: (expected: unknown) => (value === expected ? [] : say('const')),
    enum: (expected: unknown[]) => (expected.includes(value) ? [] : say('enum', value)),
    anyOf: (options: Schema[]) =>
      options.some((one) => faults(value, one, path).length === 0) ? [] : say('anyOf'),
    minimum: (least: number) => (typeof value === 'number' && value < least ? say('minimum') : []),
    maximum: (most: number) => (typeof value === 'number' && value > most ? say('maximum') : []),
    multipleOf: (unit: number) => (Number(value) % unit === 0 ? [] : say('multipleOf')),
    minLength: (least: number) => (String(value).length < least ? say('minLength') : []),
    pattern: (text: string) => (new RegExp(text).test(String(value)) ? [] : say('pattern')),
    minItems: (least: number) => (Object(value).length < least ? say('minItems') : []),
    maxItems: (most: number) => (Object(value).length > most ? say('maxItems') : []),
    uniqueItems: () =>
      new Set(Object(value)).size < Object(value).length ? say('uniqueItems') : [],
    items: (schema: Schema) =>
      Array.isArray(value)
        ? value.flatMap((item, rank) => faults(item, schema, `${path}/${rank}`))
        : [],
    required: (names: string[]) => {
      const missing = names.filter((name) => Object(value)[name] === undefined)
      return missing.length > 0 ? say('required', missing) : []
    },
    properties: (known: Record<string, Schema>) =>
      Object.entries(Object(value)).flatMap(([name, item]) => {
        const own = known[name]
        const isLeftOut = item === undefined
        return own && !isLeftOut ? faults(item, own, `${path}/${name}`) : []
      }),
    additionalProperties: (others: boolean | Schema) => {
      const known = Object(schema.properties ?? {})
      const strangers = Object.keys(Object(value)).filter((name) => !(name in known))
      if (typeof others === 'object')
        return strangers.flatMap((name) => faults(Object(value)[name], others, `${path}/${name}`))
      return strangers.length > 0 ? say('additionalProperties', strangers) : []
    },
    format: () => (/^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? [] : say('format')),
  }
  return Object.entries(schema).flatMap(([keyword, expected]) => {
    if (['$schema', '$id', 'title', 'description'].includes(keyword)) return []
    const check = checks[keyword]
    if (!check) throw new Error(`the check does not know ${keyword}`)
    return check(expected as never)
  })
}
