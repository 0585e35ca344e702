import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { runAllocate } from './allocate-command.ts'
import { exampleFiles, examplesOf } from './engine/examples.fixture.ts'
import { allocate, type Problem } from './engine/index.ts'
import { explain } from './explain.ts'

const plain = (sentence: string) => sentence.replace(/[\u00a0\u202f]/g, ' ')

test('an association reads what it gets, what it is measured by, what stops it and who is with it', async () => {
  expect(await sentencesOf('ex2-hours-compensated-by-cash', 'A1')).toEqual([
    'A1 reçoit 1 000 € en numéraire, et un crédit de 40 h offertes par des entreprises (valeur indicative : 2 000 €).',
    'Sa référence est son montant de départ, 4 000 €. Le total indicatif de 3 000 € en représente 75 %.',
    "Ce qui l'arrête est l'enveloppe « general », partagée jusqu'au bout au même taux.",
    "Une autre association de l'enveloppe « general » est au même taux, à un arrondi de 1 € près.",
    "Avec 1 000 € de plus dans l'enveloppe, et rien d'autre de changé, elle recevrait environ 500 € de plus.",
    "Besoin « admin » : 40 h avec P1, pour 40 h demandées. C'est tout ce qui était demandé.",
  ])
})

test('whoever gets all it asked for reads that its own request stops it', async () => {
  expect(await sentencesOf('ex1-uniform-rate-and-capped-request', 'A2')).toContain(
    "Elle reçoit tout le numéraire qu'elle a demandé (2 000 €).",
  )
})

test('floors out of reach are said as such', async () => {
  const sentences = await sentencesOf('ex5-envelopes-floors-infeasible', 'S1')
  expect(sentences.join(' ')).toMatch(/plancher est de 1 200 €.*couvre 66,6 %/)
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
    "Besoin « admin » (40 h demandées) : aucune heure. L'association n'est pas reconnue d'intérêt général, condition des heures offertes (CGI, art. 238 bis).",
  )
})

test.each(exampleFiles)('every reason of %s has its sentence in both languages', async (file) => {
  for (const { problem } of examplesOf(file))
    for (const { id } of problem.associations)
      for (const language of ['fr', 'en'] as const)
        for (const sentence of await explained(problem, id, language))
          expect(sentence).not.toMatch(/\{\{|allocation:|(?:cash|hours|measured)\.[A-Za-z]/)
})

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

async function sentencesOf(file: string, id: string) {
  const [example] = examplesOf(file)
  return example ? explained(example.problem, id) : []
}

async function explained(problem: Problem, id: string, language: 'fr' | 'en' = 'fr') {
  const result = await allocate(problem)
  if (isRefused(result)) throw new Error(JSON.stringify(result))
  return explain(problem, result, id, language).map(plain)
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
