import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { runAllocate } from './allocate-command.ts'
import { exampleFiles, examplesOf } from './engine/examples.fixture.ts'
import { allocate, type Claimant, type Problem, type Result } from './engine/index.ts'
import { smallProblems } from './engine/small-problems.fixture.ts'
import { causes, explain } from './explain.ts'
import { explainShortfall } from './explanation/shortfall.ts'

const plain = (sentence: string) => sentence.replace(/[\u00a0\u202f]/g, ' ')

test('an association reads what it gets, what it is measured by, what stops it, who is with it and what would change', async () => {
  expect(await sentencesOf('ex2-hours-compensated-by-cash', 'A1')).toEqual([
    "L'association « A1 » reçoit 1 000 € en numéraire, et un crédit de 40 h offert par des entreprises (valeur indicative : 2 000 €).",
    'Sa référence est sa subvention passée, 4 000 €. Le total indicatif de 3 000 € en représente 75 %.',
    "Ce qui l'arrête est l'enveloppe « general », partagée jusqu'au bout au même taux.",
    "Une autre association de l'enveloppe « general » est au même taux, à un arrondi de 1 € près.",
    "Avec 1 000 € de plus dans l'enveloppe, et rien d'autre de changé, elle recevrait environ 500 € de plus.",
    "Ce partage change à 2 000 € de plus dans l'enveloppe : « A2 » aurait alors tout le numéraire demandé.",
    "Demander davantage de numéraire n'y changerait rien.",
    "Besoin « admin » : 40 h avec P1, pour une demande de 40 h. C'est tout ce qui était demandé.",
  ])
})

test('whoever gets all it asked for reads that its own request stops it, and that a higher one would help', async () => {
  const sentences = await sentencesOf('ex1-uniform-rate-and-capped-request', 'A2')
  expect(sentences.slice(2)).toEqual([
    "Elle reçoit tout le numéraire qu'elle a demandé (2 000 €).",
    'Seule sa demande la limite : une demande plus élevée lui aurait apporté davantage.',
  ])
})

test('a weighted reference is written out, so that anyone can multiply, and ten points more are counted', async () => {
  const sentences = await explained(
    changed({ score: 60, baselineCents: 480_000, basisCents: 480_000, referenceCents: 499_200 }),
    'A1',
  )
  expect(sentences[1]).toBe(
    "Sa référence est de 4 992 € : sa subvention passée, 4 800 € × 104 % (note 60). Le montant demandé n'y entre pas. Le total indicatif de 3 886 € en représente 77,8 %.",
  )
  expect(sentences).toContain(
    'Avec 10 points de plus à sa note, sa référence serait de 5 184 € et elle recevrait environ 149 € de plus, au taux actuel.',
  )
})

test('a newcomer reads that it starts from the median of its like', async () => {
  const newcomer = { baselineCents: 0, score: 60, basisCents: 480_000, referenceCents: 499_200 }
  expect((await explained(changed(newcomer), 'A1'))[1]).toMatch(
    /^Nouvelle venue, elle a pour référence 4 992 € : le montant médian d'associations semblables, 4 800 € × 104 % \(note 60\)\./,
  )
})

test('names of those at the same rate are told, unless the reader may not see them', async () => {
  const problem = changed({})
  const associations = problem.associations.map((one) => ({ ...one, name: `Club ${one.id}` }))
  const named = { ...problem, associations }
  expect(await explained(named, 'A1')).toContain(
    "Une autre association de l'enveloppe « general » est au même taux, à un arrondi de 1 € près : Club A3.",
  )
  const hidden = explain(named, await split(named), 'A1', 'fr', { unnamed: new Set(['A3']) })
  expect(hidden.join(' ')).not.toContain('A3')
})

test('floors out of reach are said as such, with what holds them and what would be enough', async () => {
  const [example] = examplesOf('ex5-envelopes-floors-infeasible')
  if (!example) throw new Error('no example')
  const sentences = await explained(example.problem, 'S1')
  expect(sentences.join(' ')).toMatch(/plancher de 1 200 € n'est pas atteint.*couvre 66,6 %/)
  expect(explainShortfall(example.problem, await split(example.problem), 'fr').map(plain)).toEqual(
    expect.arrayContaining([
      'Les planchers ne peuvent pas tous être atteints : il manque 600 € (valeur indicative) à 2 associations.',
      "Ce qui les retient, et rien d'autre : l'enveloppe « sport » et les heures de l'entreprise P1 (rh).",
      'Il suffirait de ramener chaque plancher à 66 % de son montant.',
      "Il suffirait de 600 € de plus dans l'enveloppe « sport ».",
    ]),
  )
})

test('whoever asked for hours and got none reads why', async () => {
  const [example] = examplesOf('ex2-hours-compensated-by-cash')
  if (!example) throw new Error('no example')
  const associations = example.problem.associations.map((one) => ({
    ...one,
    isHoursEligible: false,
  }))
  const sentences = await explained({ ...example.problem, associations }, 'A1')
  expect(sentences.at(-1)).toBe(
    "Besoin « admin » (demande : 40 h) : aucune heure. L'association n'est pas reconnue d'intérêt général, condition des heures offertes (CGI, art. 238 bis).",
  )
})

test('whoever is refused hours that others have reads where they went', async () => {
  const [example] = examplesOf('ex3-bottleneck-two-levels')
  if (!example) throw new Error('no example')
  const needs = example.problem.needs.map((row) => ({
    ...row,
    minMinutes: 1_200,
    maxMinutes: 2_400,
  }))
  const associations = example.problem.associations.map((one) => ({
    ...one,
    name: `Club ${one.id}`,
  }))
  const result = await split({ ...example.problem, needs, associations })
  const refused = result.lines.find(({ hours }) => hours.length === 0)?.associationId ?? ''
  const served = result.lines.find(({ hours }) => hours.length > 0)?.associationId
  const sentences = explain({ ...example.problem, needs, associations }, result, refused, 'fr')
  expect(sentences.map(plain).at(-1)).toMatch(
    new RegExp(`Les heures déjà données vont à Club ${served}\\.$`),
  )
})

test('a line fixed by hand says so, and so do its hours', async () => {
  const [example] = examplesOf('ex2-hours-compensated-by-cash')
  if (!example) throw new Error('no example')
  const pins = {
    cash: [{ associationId: 'A1', cashCents: 50_000 }],
    hours: [{ needId: example.problem.needs[0]?.id ?? '', poolId: null, minutes: 0 }],
  }
  const sentences = await explained({ ...example.problem, pins }, 'A1')
  expect(sentences).toContain(
    'Son numéraire a été fixé à la main, à 500 € ; le reste de la répartition en tient compte.',
  )
  expect(sentences.at(-1)).toMatch(
    /aucune heure\. Il a été décidé à la main de n'en donner aucune\.$/,
  )
})

test.each(exampleFiles)('every reason of %s has its sentence in both languages', async (file) => {
  for (const { problem } of examplesOf(file))
    for (const { id } of problem.associations)
      for (const language of ['fr', 'en'] as const)
        for (const sentence of await explained(problem, id, language))
          expect(sentence).not.toMatch(unsaid)
})

const unsaid = /\{\{|allocation:|(?:cash|hours|measured|covered|event)\.[A-Za-z]|undefined|NaN/

test('whatever the season, each line is explained in both languages, and no sentence of a letter weighs hours in euros', async () => {
  await fc.assert(
    fc.asyncProperty(smallProblems, async (problem) => {
      const result = await split(problem)
      for (const language of ['fr', 'en'] as const) {
        for (const { associationId } of result.lines) {
          for (const sentence of explain(problem, result, associationId, language))
            expect(sentence).not.toMatch(unsaid)
          for (const sentence of causes(problem, result, associationId, language))
            expect(sentence).not.toMatch(/(?=.*€)(?=.*\d\u00a0h\b)/)
        }
        for (const sentence of explainShortfall(problem, result, language))
          expect(sentence).not.toMatch(unsaid)
      }
    }),
    { numRuns: 200 },
  )
}, 60_000)

test('anyone can split a problem file again and compare the digests', async () => {
  const file = join(tmpdir(), `problem-${process.pid}.json`)
  const [example] = examplesOf('ex3-bottleneck-two-levels')
  writeFileSync(file, JSON.stringify(example?.problem))
  const once = await command([file, '--json'])
  expect(once.code).toBe(0)
  const { resultSha256 } = JSON.parse(once.out)
  expect((await command([file])).out).toContain(resultSha256)
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100))
  const cut = await command([file])
  expect([cut.code, cut.err]).toEqual([2, expect.stringMatching(/pas du JSON|coupé/)])
})

/** The first example, its first association otherwise; κ goes from 80 % to 120 %. */
function changed(change: Partial<Claimant>): Problem {
  const [example] = examplesOf('ex1-uniform-rate-and-capped-request')
  if (!example) throw new Error('no example')
  const [first, ...others] = example.problem.associations
  if (!first) throw new Error('no association')
  return {
    ...example.problem,
    scoreWeights: [
      { score: 0, percent: 80 },
      { score: 100, percent: 120 },
    ],
    associations: [{ ...first, ...change }, ...others],
  }
}

async function sentencesOf(file: string, id: string) {
  const [example] = examplesOf(file)
  return example ? explained(example.problem, id) : []
}

async function split(problem: Problem): Promise<Result> {
  const result = await allocate(problem)
  if (isRefused(result)) throw new Error(JSON.stringify(result))
  return result
}

async function explained(problem: Problem, id: string, language: 'fr' | 'en' = 'fr') {
  return explain(problem, await split(problem), id, language).map(plain)
}

async function command(argv: string[]) {
  const said = { out: '', err: '' }
  const code = await runAllocate(argv, {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
  })
  return { code, ...said }
}
