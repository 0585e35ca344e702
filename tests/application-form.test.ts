import { afterAll, beforeAll, expect, test } from 'vitest'
import { depositApplication, giveBankAccount, saveDraft, startApplication } from '#applications'
import type { Campaign } from '#campaigns'
import { cents } from '#kit'
import { sha256 } from '#platform'
import { budgetFields } from '../src/applications/cerfa/budget.ts'
import { answerTo, settledParts } from '../src/applications/cerfa/file.ts'
import {
  hasPoppler,
  pdfBytesInflated,
  pdfPages,
  pdfText,
} from '../src/documents/templates/read-pdf.ts'
import type { PersonKey } from './cast.ts'
import { handedOver, openApplications, prepared } from './files.ts'
import { done } from './season.ts'
import { type World, world } from './world.ts'

let valmont: World
let season: Campaign
let now = new Date('2027-01-10T09:00:00Z')
beforeAll(async () => {
  valmont = await world(() => now)
  season = await openApplications(valmont)
})
afterAll(() => valmont.house.close())

async function read(person: PersonKey, address: string) {
  const answer = await (await valmont.browser(person)).get(`/valmont/applications/${address}`)
  const pdf = new Uint8Array(await answer.arrayBuffer())
  return { status: answer.status, pdf }
}

const textOf = (pdf: Uint8Array) => pdfText(pdf, { asLaidOut: true })
const said = test.runIf(hasPoppler)

said('a draft says on every page that it is none, and what nobody answered', async () => {
  const { id } = done(await valmont.as('luc', (place) => startApplication(place, season)))
  const { status, pdf } = await read('luc', `${id}/form.pdf`)
  expect(status).toBe(200)
  const text = textOf(pdf)
  expect(text.match(/Harmonie municipale — Brouillon, non déposé/g)).toHaveLength(pdfPages(pdf))
  expect(text).toContain('Objectifs non renseigné')
  expect(text).toContain('Agrément 3 non renseigné')
  expect(text).toContain('Compte bancaire (numéro masqué) non renseigné')
  expect(text).toContain('Aucune ligne n’est remplie.')
  expect(text).not.toContain('Empreinte du contenu')
  const home = await (await valmont.browser('luc')).get(`/valmont/applications/${id}`)
  expect(await home.text()).toContain(`${id}/form.pdf`)
})

test('once handed over it bears number, day and digest, and is the same for ever', async () => {
  const id = await prepared(valmont, 'amina', season, {
    projectSummary: 'Un <b>samedi</b> de plus.\n\nEt un dimanche.',
  })
  await fillIn(id)
  done(await valmont.as('amina', (place) => depositApplication(place, id)))
  const { pdf } = await read('claire', `${id}/form.pdf`)
  expect(pdfBytesInflated(pdf)).toContain('<pdfuaid:part>1')
  const json = await (await valmont.browser('claire')).get(`/valmont/applications/${id}/cerfa.json`)
  const digest = sha256(await json.text())
  expect(await journaled(id)).toMatchObject({ content: digest })
  now = new Date('2027-01-12T09:00:00Z')
  expect((await read('claire', `${id}/form.pdf`)).pdf).toEqual(pdf)
  expect((await read('amina', `${id}/form.pdf`)).pdf).toEqual(pdf)
  if (!hasPoppler) return
  const text = textOf(pdf)
  for (const words of [
    'Demande de subvention n° 2027-0001',
    'déposée le 10 janvier 2027 à 10:00',
    digest,
    'Prénom Amina',
    'amina@example.org',
    'Un <b>samedi</b> de plus. Et un dimanche.',
    'Finance',
    '10 h',
    'Banque alimentaire — FR76 •••• 0189',
    'Charges et produits sont égaux.',
    'Total des charges 900 € Total des produits 900 €',
    'attesté en son nom',
  ])
    expect(text).toContain(words)
  expect(text).not.toContain('rouillon')
})

async function fillIn(id: string): Promise<void> {
  await valmont.as('amina', async (place) => {
    const contacts = { representativeFirstName: 'Amina', representativeEmail: 'amina@example.org' }
    done(await saveDraft(place, id, { part: { section: 'contacts', answers: contacts } }))
    const answers = { project604: 90_000, project74Communes: 90_000 }
    done(await saveDraft(place, id, { part: { section: 'project-budget', answers } }))
    const account = { holder: 'Banque alimentaire', iban: 'FR76 3000 6000 0112 3456 7890 189' }
    done(await giveBankAccount(place, id, account))
  })
}

async function journaled(id: string) {
  return valmont.as('claire', async ({ tx }) => {
    const { details } = await tx
      .selectFrom('journal')
      .select('details')
      .where('subjectId', '=', id)
      .where('action', '=', 'application.deposited')
      .executeTakeFirstOrThrow()
    return details
  })
}

test('a register that answers once the file is handed over changes nothing of it', () => {
  const form = Object.fromEntries(
    settledParts({ form: {}, known: {}, checks: [] }).map(({ section, answers }) => [
      section,
      answers,
    ]),
  )
  const late = { source: 'associations', value: 'Une fédération', at: now } as const
  const known = { networks: [late], website: [late] }
  expect(answerTo({ form, known, checks: [] }, 'networks')).toBeNull()
  expect(answerTo({ form, known, checks: [] }, 'website')).toBeNull()
})

test('whatever people type stays on the page, in tables whose heads come again', async () => {
  const name = '<script>alert(1)</script> جمعية الأمل 🌻'
  const long = `${'Nous ouvrons chaque samedi une distribution de plus. '.repeat(75)}\n\n${'x'.repeat(300)}`
  const lines = (of: 'association' | 'project') =>
    Object.fromEntries(budgetFields(of).map((line) => [line, 123_456_789]))
  const id = await prepared(valmont, 'rose', season, {
    projectTitle: name,
    projectSummary: long,
    beneficiaries: long.slice(0, 2000),
    cashFallback: long.slice(0, 2000),
    askedCents: cents(1_500_00),
  })
  await valmont.as('rose', async (place) => {
    const parts = {
      budget: lines('association'),
      'project-budget': { ...lines('project'), indirectRule: long.slice(0, 1000) },
      details: { objectives: long.slice(0, 3000), evaluation: long.slice(0, 3000) },
      identity: { legalName: name, purpose: long.slice(0, 3000) },
    } as const
    for (const [section, answers] of Object.entries(parts))
      done(
        await saveDraft(place, id, { part: { section: section as keyof typeof parts, answers } }),
      )
  })
  const { status, pdf } = await read('rose', `${id}/form.pdf`)
  expect(status).toBe(200)
  if (!hasPoppler) return
  const text = textOf(pdf)
  expect(text).toContain('<script>alert(1)</script>')
  // One head for each budget, and one more where it goes on over the page.
  expect(text.match(/Charges Montant Produits Montant/g)?.length).toBeGreaterThanOrEqual(3)
  expect(text).toContain('74 — Subventions')
  expect(text.replaceAll('\u200b', '').replace(/\s/g, '')).toContain('x'.repeat(300))
})

test('who may read the file may read it on paper, and nobody else', async () => {
  const id = await handedOver(valmont, 'eva', season)
  const status = async (person: PersonKey, address = `${id}/form.pdf`) =>
    (await read(person, address)).status
  expect(await status('eva')).toBe(200)
  expect(await status('claire')).toBe(200)
  expect(await status('rose')).toBe(404)
  expect(await status('jeanne')).toBe(403)
  expect(await status('paul')).toBe(403)
  expect(await status('paul', `${id}/review/form.pdf`)).toBe(200)
  expect(await status('eva', `${id}/review/form.pdf`)).toBe(403)
  const tie = { associationId: valmont.cast.organisations.canoe, nature: 'Trésorier' }
  for (const person of ['claire', 'paul'] as const)
    await (await valmont.browser(person)).post('/valmont/interests', tie)
  expect(await status('claire')).toBe(403)
  expect(await status('paul', `${id}/review/form.pdf`)).toBe(403)
})

said('elected members and readers see no telephone or mailbox of a volunteer', async () => {
  const id = await valmont.as('amina', async ({ tx }) => {
    const own = valmont.cast.organisations.foodBank
    const found = tx.selectFrom('applications').select('id').where('associationId', '=', own)
    return (await found.executeTakeFirstOrThrow()).id
  })
  for (const [person, address] of [
    ['paul', `${id}/review/form.pdf`],
    ['zoe', `${id}/form.pdf`],
  ] as const) {
    const text = textOf((await read(person, address)).pdf)
    expect(text).toContain('Prénom Amina')
    expect(text).not.toContain('amina@example.org')
  }
})
