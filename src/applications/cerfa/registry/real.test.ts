import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#platform'
import { givenByAssociations } from './associations.ts'
import { givenByCompanies, pointByCompanies } from './companies.ts'

// Answers of the real registers stand beside the project (../shared), never in it.
const orgs = join(root, '../shared/data/orgs')
const read = (path: string): unknown => JSON.parse(readFileSync(join(orgs, path), 'utf8'))

test('the register of associations is read as it answers today', ({ skip }) => {
  if (!existsSync(orgs)) return skip('no real files beside the project')
  const given = givenByAssociations(
    read('annuaire-entreprises/api-association-public.json'),
    'W491004193',
  )
  expect(given).toMatchObject({
    legalName: 'LES RESTAURANTS DU COEUR DE MAINE ET LOIRE',
    acronym: undefined,
    siret: '40046135600133',
    createdOn: '1990-01-12',
    seatAddress: "10 SQUARE Dumont d'Urville",
    publicUtility: 'no',
    approval1Kind: 'Service Civique',
  })
  expect(
    givenByAssociations(read('annuaire-entreprises/api-association-public.json'), 'W751074179'),
  ).toBeUndefined()
})

test('the register of companies is read as it answers today, for a SIRET and for an RNA', ({
  skip,
}) => {
  if (!existsSync(orgs)) return skip('no real files beside the project')
  const { result } = read('recherche-entreprises/search-400461356.json') as { result: unknown }
  for (const identifier of ['40046135600133', 'W491004193'])
    expect(givenByCompanies(result, identifier)).toMatchObject({
      legalName: 'LES RESTAURANTS DU COEUR',
      siret: '40046135600133',
      rna: 'W491004193',
      seatPostcode: '49000',
      seatTown: 'ANGERS',
    })
})

test('a seat has a point to a kilometre; an association alone, never at a home nor against its wish', ({
  skip,
}) => {
  if (!existsSync(orgs)) return skip('no real files beside the project')
  const { result } = read('recherche-entreprises/search-400461356.json') as { result: Answer }
  type Answer = { results: { statut_diffusion: string; siege: Record<string, unknown> }[] }
  const point = { latitude: 47.44, longitude: -0.56 }
  expect(pointByCompanies(result, 'W491004193')).toEqual(point)
  const [first] = result.results
  const changed = (own: object, seat: object) =>
    pointByCompanies(
      { results: [{ ...first, ...own, siege: { ...first?.siege, ...seat } }] },
      'W491004193',
    )
  expect(changed({}, {})).toEqual(point)
  expect(changed({}, { complement_adresse: 'CHEZ M & MME CHOLET' })).toBeUndefined()
  expect(changed({}, { complement_adresse: 'MME DURAND' })).toBeUndefined()
  expect(changed({ statut_diffusion: 'P' }, {})).toBeUndefined()
  expect(changed({}, { statut_diffusion_etablissement: 'P' })).toBeUndefined()
  expect(changed({}, { latitude: '[NON-DIFFUSIBLE]' })).toBeUndefined()
  expect(changed({ complements: { identifiant_association: 'W491004193' } }, {})).toBeUndefined()
})

test('every real answer of the register of companies is read, whoever it speaks of', ({ skip }) => {
  if (!existsSync(orgs)) return skip('no real files beside the project')
  const folder = 'recherche-entreprises'
  const answers = readdirSync(join(orgs, folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => (read(`${folder}/${name}`) as { result: { results?: Result[] } }).result)
  type Result = { siren: string; siege: { siret: string | null } | null }
  const organisations = answers.flatMap((answer) =>
    (answer.results ?? []).map((result) => ({ answer, result })),
  )
  expect(organisations.length).toBeGreaterThan(20)
  const given = organisations.map(({ answer, result }) =>
    givenByCompanies(answer, result.siege?.siret ?? `${result.siren}00000`),
  )
  expect(given.filter((one) => one?.legalName).length).toBeGreaterThan(20)
  for (const [rank, one] of given.entries())
    if (one?.siret)
      expect(one.siret.startsWith(organisations[rank]?.result.siren ?? '-')).toBe(true)
})
