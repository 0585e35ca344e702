import fc from 'fast-check'
import { expect, test } from 'vitest'
import { baseOf, mergeTyped, readBase } from './merge.ts'

const opened = { title: 'Fête', summary: 'Une fête', people: '' }

test('two people who change two answers keep both (DN-5716, SGG-5961)', () => {
  const mine = { ...opened, title: 'Fête du fleuve' }
  const theirs = { ...opened, people: 'Soixante foyers' }
  expect(mergeTyped({ base: baseOf(opened), mine, theirs })).toEqual({
    typed: { title: 'Fête du fleuve', summary: 'Une fête', people: 'Soixante foyers' },
    kept: ['title'],
    taken: ['people'],
    conflicts: [],
  })
})

test('two people who change one answer are asked, and nobody’s words are overwritten (HYP-4478)', () => {
  const mine = { ...opened, title: 'Fête du fleuve' }
  const theirs = { ...opened, title: 'Fête de l’eau' }
  const { typed, conflicts } = mergeTyped({ base: baseOf(opened), mine, theirs })
  expect(typed.title).toBe('Fête de l’eau')
  expect(conflicts).toEqual([{ field: 'title', mine: 'Fête du fleuve', theirs: 'Fête de l’eau' }])
})

test('the same words twice are no conflict', () => {
  const same = { ...opened, title: 'Fête du fleuve' }
  expect(mergeTyped({ base: baseOf(opened), mine: same, theirs: same }).conflicts).toEqual([])
})

test('a form that does not say what it was opened on overwrites nothing but blanks', () => {
  const { kept, conflicts } = mergeTyped({
    base: readBase('{"title":3}'),
    mine: { title: 'Autre', people: 'Tous' },
    theirs: opened,
  })
  expect(kept).toEqual(['people'])
  expect(conflicts.map(({ field }) => field)).toEqual(['title'])
})

test('what a form says about itself may be anything', () => {
  for (const text of [undefined, '', 'null', '3', '[1]', '{"a":{}}', '{'])
    expect(readBase(text)).toEqual({})
})

test('whatever two people write, each word is in the file or in front of whoever must choose', () => {
  const answers = fc.record({
    title: fc.string({ maxLength: 3 }),
    summary: fc.string({ maxLength: 3 }),
  })
  fc.assert(
    fc.property(answers, answers, answers, (first, mine, theirs) => {
      const { typed, conflicts } = mergeTyped({ base: baseOf(first), mine, theirs })
      for (const field of ['title', 'summary'] as const) {
        const shown = conflicts.find((conflict) => conflict.field === field)
        const isMineChanged = mine[field] !== first[field]
        const isTheirsChanged = theirs[field] !== first[field]
        const words = shown ? [shown.mine, shown.theirs] : [typed[field]]
        if (isMineChanged) expect(words).toContain(mine[field])
        if (isTheirsChanged) expect(words).toContain(theirs[field])
      }
    }),
  )
})
