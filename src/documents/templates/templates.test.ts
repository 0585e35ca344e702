import { describe, expect, test } from 'vitest'
import { cents, day, isRefused, minutes } from '#kit'
import { sayIn } from '#platform'
import {
  awardNoticePdf,
  councilBriefPdf,
  councilPackPdf,
  depositReceiptPdf,
  type GiftReceipt,
  giftReceiptJson,
  giftReceiptPdf,
  grantAgreementPdf,
  inKindNotePdf,
  type MissionAgreement,
  missionAgreementPdf,
  pledgeLetterPdf,
} from './index.ts'
import { hasPoppler, pdfBytesInflated, pdfPages, pdfText } from './read-pdf.ts'
import * as samples from './samples.ts'

function drawn(agreement: MissionAgreement): Uint8Array {
  const outcome = missionAgreementPdf(agreement)
  if (isRefused(outcome)) throw new Error(JSON.stringify(outcome.refusals))
  return outcome
}

const papers = {
  'award notice': () => awardNoticePdf(samples.awardNotice),
  'council brief': () => councilBriefPdf(samples.councilPack),
  'council pack': () => councilPackPdf(samples.councilPack),
  'deposit receipt': () => depositReceiptPdf(samples.depositReceipt),
  'grant agreement': () => grantAgreementPdf(samples.grantAgreement),
  'in-kind note': () => inKindNotePdf(samples.inKindNote),
  'mission agreement': () => drawn(samples.missionAgreement),
  'pledge letter': () => pledgeLetterPdf(samples.pledgeLetter),
}

test.each(Object.entries(papers))('the %s is an accessible PDF/UA-1, the same twice', (_, draw) => {
  const pdf = draw()
  expect(pdfBytesInflated(pdf)).toContain('<pdfuaid:part>1')
  expect(pdf).toEqual(draw())
})

describe('the tax receipt', () => {
  const { issuedReceipt } = samples
  const pdf = giftReceiptPdf(issuedReceipt)

  test('is an archivable PDF/A-3a on one page, the same twice', () => {
    const content = pdfBytesInflated(pdf)
    expect(content).toContain('<pdfaid:part>3')
    expect(content).toContain('<pdfaid:conformance>A')
    expect(pdfPages(pdf)).toBe(1)
    expect(pdf).toEqual(giftReceiptPdf(issuedReceipt))
  })

  test('carries its data for a machine', () => {
    expect(pdfBytesInflated(pdf)).toContain(giftReceiptJson(issuedReceipt))
    expect(JSON.parse(giftReceiptJson(issuedReceipt))).toMatchObject({
      cerfaVersion: '16216*03',
      totalCents: '462000',
      company: { siren: '732829320' },
    })
  })

  test('leads a telephone to its own public page, and says so to whoever hears it', () => {
    const content = pdfBytesInflated(pdf)
    const page = 'metis.valmont.example/verifier/7QK4-M2XA-9TFD'
    expect(content).toContain(`/URI (${page})`)
    // « Code QR » in UTF-16, as a PDF keeps an alternative text.
    expect(content).toContain('/Alt <FEFF0043006F006400650020005100520020')
  })

  const cash: GiftReceipt = {
    ...issuedReceipt,
    cash: { amountCents: cents(15_050), forms: ['cheque', 'transfer'] },
  }

  test
    .runIf(hasPoppler)
    .each([
      'Cerfa n° 16216*03',
      'Numéro d’ordre du reçu 2026-0003',
      'Le Panier de Valmont',
      'RNA W751245606',
      '4, rue des Tilleuls, 38730 Valmont, France',
      'Boulangeries Martin & Fils',
      'SAS',
      '732829320',
      'quatre mille six cent vingt euros',
      'Contrôleur de gestion, 120 h du 4 mai 2026 au 27 novembre 2026',
      'convention n° CM-2026-014',
      '☒ Chèque',
      '☐ Remise d’espèces',
      '150,50 €',
      'quatre mille sept cent soixante-dix euros et cinquante centimes',
      'du 1er janvier 2026 au 31 décembre 2026',
      'Odile Perrin, présidente',
      'code 7QK4-M2XA-9TFD',
    ])('says “%s”', (sentence) => {
    expect(pdfText(giftReceiptPdf(cash))).toContain(sentence)
  })

  test.runIf(hasPoppler)(
    'is only a draft, without a number, until the association signs it',
    () => {
      const draft = pdfText(giftReceiptPdf({ ...issuedReceipt, status: { state: 'draft' } }))
      expect(draft).toContain('Projet, sans valeur')
      expect(draft).toContain('attribué à la signature')
      expect(draft).not.toContain('2026-0003')
    },
  )
})

describe('the mission agreement', () => {
  const { missionAgreement } = samples
  const {
    costMode: _c,
    purpose: _p,
    startsOn: _s,
    endsOn: _e,
    totalMinutes: _t,
    ...empty
  } = missionAgreement

  test('is refused, with every reason at once, while a compulsory content is missing', () => {
    const outcome = missionAgreementPdf({
      ...empty,
      employee: { name: ' ', qualification: '' },
      tasks: [''],
    })
    const fields = isRefused(outcome) ? outcome.refusals.map(({ field }) => field) : []
    expect(fields).toEqual([
      'employeeName',
      'qualification',
      'costMode',
      'startsOn',
      'endsOn',
      'totalMinutes',
      'purpose',
      'tasks',
    ])
    const codes = isRefused(outcome) ? outcome.refusals.map(({ code }) => code) : []
    for (const code of codes) expect(sayIn('fr')(code)).toMatch(/^\p{Lu}.*\.$/u)
  })

  test.each([
    ['2030-05-02', undefined],
    ['2030-05-03', 'documents:refused.missionTooLong'],
    ['2027-05-02', 'documents:refused.missionEndsBeforeStart'],
  ])('from 3 May 2027 to %s: %s', (endsOn, code) => {
    const outcome = missionAgreementPdf({ ...missionAgreement, endsOn: day(endsOn) })
    expect(isRefused(outcome) ? outcome.refusals[0]?.code : undefined).toBe(code)
  })

  test('a loan at cost says what is invoiced and that the works councils know, and lasts what it says', () => {
    const { purpose: _, ...loan } = { ...missionAgreement, route: 'loan' as const }
    const outcome = missionAgreementPdf({ ...loan, costMode: 'atCost' })
    const fields = isRefused(outcome) ? outcome.refusals.map(({ field }) => field) : []
    expect(fields).toEqual(['costRule', 'lenderCouncil', 'userCouncil'])
    const pdf = drawn({
      ...loan,
      costMode: 'atCost',
      endsOn: day('2031-05-03'),
      loan: {
        costRule: 'Coût réel au prorata',
        probation: 'deux semaines',
        lenderCouncil: 'consulted',
        userCouncil: 'none',
      },
    })
    if (!hasPoppler) return
    const text = pdfText(pdf)
    expect(text).toContain('prêt de main-d’œuvre à but non lucratif')
    expect(text).toContain('Coût réel au prorata')
    expect(text).toContain('Avenant au contrat de travail')
    expect(text).toContain('Période probatoire : deux semaines')
    expect(text).not.toMatch(/reçu prévu à l’article 238 bis|titre gratuit/)
  })

  test('a service needs no aim of article L.8241-3', () => {
    const { purpose: _, ...service } = missionAgreement
    expect(isRefused(missionAgreementPdf({ ...service, route: 'service' }))).toBe(false)
  })
})

test('an agreement whose payments do not make its amount is never drawn', () => {
  const { grantAgreement } = samples
  const cash = { ...grantAgreement.cash, amountCents: cents(1) }
  expect(() => grantAgreementPdf({ ...grantAgreement, cash })).toThrow('payments')
})

test.runIf(hasPoppler)('the grant agreement never adds hours to euros', () => {
  const [legal = '', annex = ''] = pdfText(grantAgreementPdf(samples.grantAgreement)).split(
    'Annexe METIS',
  )
  expect(legal).toContain('26 400 €')
  expect(legal).not.toContain('120 h')
  expect(annex).toContain('160 h 30')
  expect(annex).not.toContain('€')
})

test.runIf(hasPoppler)(
  'the notice says reasons, the algorithm, the remedies and their delay',
  () => {
    const text = pdfText(awardNoticePdf(samples.awardNotice))
    for (const said of [
      ...samples.awardNotice.reasons,
      'L. 311-3-1',
      'CADA',
      '2 mois',
      'Claire Vidal',
    ])
      expect(text).toContain(said.replace(/\s+/g, ' '))
  },
)

test.runIf(hasPoppler)('the deposit receipt says the day when silence becomes a rejection', () => {
  const text = pdfText(depositReceiptPdf(samples.depositReceipt))
  expect(text).toContain('15 janvier 2027 à 18:42')
  expect(text).toContain('2 mois, soit le 15 mars 2027')
})

test.runIf(hasPoppler)('the deposit receipt names each piece with the digest of its bytes', () => {
  const text = pdfText(depositReceiptPdf(samples.depositReceipt))
  for (const { name, sha256 } of samples.depositReceipt.pieces)
    expect(text).toContain(`${name} SHA-256 ${sha256}`)
})

test('what people type is text, never code of the document', () => {
  const name = '#panic("pris") *gras* $x^2$ \\ @ref <a> // "\u202efin'
  const { issuedReceipt } = samples
  const pdf = giftReceiptPdf({
    ...issuedReceipt,
    association: { ...issuedReceipt.association, name, purpose: name },
  })
  if (hasPoppler) expect(pdfText(pdf)).toContain('#panic("pris") *gras* $x^2$ \\ @ref <a> // "fin')
})

test('a name that no font can draw still gets its papers', () => {
  const name = 'Chœur 😀 中文 العربية \ud800 \u0000 Ελλάς Жизнь'
  const { depositReceipt, issuedReceipt } = samples
  depositReceiptPdf({ ...depositReceipt, association: { ...depositReceipt.association, name } })
  const pdf = giftReceiptPdf({
    ...issuedReceipt,
    association: { ...issuedReceipt.association, name },
  })
  if (hasPoppler) expect(pdfText(pdf)).toContain('Ελλάς Жизнь')
})

test('papers are drawn wherever their pages break', () => {
  const task = 'Mettre en place un plan de comptes et former deux bénévoles à la saisie. '
  const [line] = samples.councilPack.lines
  if (!line) throw new Error('the sample has lines')
  for (let count = 1; count <= 40; count += 3) {
    drawn({
      ...samples.missionAgreement,
      tasks: Array.from({ length: count }, () => task.repeat(2)),
    })
    grantAgreementPdf({ ...samples.grantAgreement, object: task.repeat(count) })
    awardNoticePdf({ ...samples.awardNotice, reasons: Array.from({ length: count }, () => task) })
    councilPackPdf({
      ...samples.councilPack,
      lines: Array.from({ length: count * 2 }, () => line),
      hoursCredits: Array.from({ length: count }, () => ({
        association: 'Le Panier de Valmont',
        family: 'Finance',
        minutes: minutes(60),
      })),
    })
  }
})

test('the council brief stays on two pages for forty associations', () => {
  const { councilPack } = samples
  const [line] = councilPack.lines
  if (!line) throw new Error('the sample has lines')
  const brief = councilBriefPdf({ ...councilPack, lines: Array.from({ length: 40 }, () => line) })
  expect(pdfPages(brief)).toBe(2)
})
