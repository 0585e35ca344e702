import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentProposal } from '#allocation'
import { awardsOf, recordDeliberation } from '#awards'
import type { Campaign } from '#campaigns'
import { cents } from '#kit'
import { declareInterest, interestsOf } from '#review'
import { hasPoppler, pdfText } from '../src/documents/templates/read-pdf.ts'
import { proposed, sittingOn, unanimous } from './council.ts'
import { codesOf, done } from './season.ts'
import { type World, world } from './world.ts'
import { elementsOf } from './xml.ts'

let valmont: World
let campaign: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = await proposed(valmont)
  const interest = { associationId: valmont.cast.organisations.canoe, nature: 'Trésorier' }
  done(await valmont.as('paul', (place) => declareInterest(place, interest)))
})
afterAll(() => valmont.house.close())

const decisions = '/valmont/2027/decisions'
const bytesOf = async (path: string, person: 'claire' | 'paul' = 'claire') => {
  const answer = await (await valmont.browser(person)).get(path)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

/** The entries of a ZIP archive, in their order, by its directory. */
function unzipped(bytes: Buffer): { name: string; isStored: boolean; text: string }[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  return Array.from({ length: count }, () => {
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const isStored = bytes.readUInt16LE(at + 10) === 0
    const start = bytes.readUInt32LE(at + 42)
    const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20))
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    const text = (isStored ? packed : inflateRawSync(packed)).toString('utf8')
    return { name, isStored, text }
  })
}

test('the draft deliberations are an OpenDocument text that LibreOffice reads', async () => {
  const bytes = await bytesOf(`${decisions}/deliberations.odt`)
  const entries = unzipped(bytes)
  expect(entries[0]).toEqual({
    name: 'mimetype',
    isStored: true,
    text: 'application/vnd.oasis.opendocument.text',
  })
  // Where a reader that looks at the bytes alone expects it.
  expect(bytes.toString('latin1', 30, 38)).toBe('mimetype')
  for (const { name, text } of entries.slice(1))
    expect([name, elementsOf(text).length > 0]).toEqual([name, true])
  const content = entries.find(({ name }) => name === 'content.xml')?.text ?? ''
  expect(elementsOf(content).filter((name) => name === 'text:h').length).toBeGreaterThan(3)
  expect(content).toContain('Subvention à Banque alimentaire de Valmont')
  expect(content).toContain('26 290 €'.replace(' ', '\u202f').replace(' €', '\u00a0€'))
})

test('a line that a member leaves the room for is voted apart, and says who left', async () => {
  const content = unzipped(await bytesOf(`${decisions}/deliberations.odt`)).at(-1)?.text ?? ''
  expect(content).toContain('Subvention à Club de canoë-kayak')
  expect(content).toContain('Paul Girard ayant quitté la salle')
  expect(content.split('Paul Girard')).toHaveLength(2)
})

test('each number of the pack leads back to its line in the scenario', async () => {
  const claire = await valmont.browser('claire')
  await claire.post(`${decisions}/packs`, { rapporteur: 'Nadia Benali' })
  const page = await (await claire.get(decisions)).text()
  const pack = await bytesOf(/href="([^"]+\/packs\/[^"]+)"/.exec(page)?.[1] ?? '')
  const proposal = await valmont.as('claire', ({ tx }) => currentProposal(tx, campaign))
  const links = pack.toString('latin1')
  expect(links).toContain('/valmont/2027/ledger')
  const [line] = proposal?.lines ?? []
  expect(links).toContain(`/allocation/${proposal?.scenarioId}#why-${line?.associationId}`)
  const scenario = await bytesOf(`/valmont/2027/allocation/${proposal?.scenarioId}`)
  expect(scenario.toString()).toContain(`id="why-${line?.associationId}"`)
  if (!hasPoppler) return
  const text = pdfText(pack)
  expect(text).toContain('Projet de délibération 1')
  expect(text).toContain('Paul Girard ayant quitté la salle')
})

test('draft letters give reasons and say that a machine helped, before anybody is told', async () => {
  const letters = await bytesOf(`${decisions}/letters.pdf`)
  expect(letters.subarray(0, 5).toString()).toBe('%PDF-')
  if (hasPoppler) {
    const text = pdfText(letters).replace(/\s+/g, ' ')
    expect(text.split('traitement algorithmique.')).toHaveLength(4)
    expect(text).toContain('La référence de l’association'.replace('’', "'"))
  }
  expect((await (await valmont.browser('paul')).get(`${decisions}/letters.pdf`)).status).toBe(403)
  expect((await (await valmont.browser('luc')).get(`${decisions}/letters.pdf`)).status).toBe(403)
})

test('more than was asked, a recused member who stays, a vote sent twice: each is refused in words', async () => {
  const proposal = await valmont.as('claire', ({ tx }) => currentProposal(tx, campaign))
  if (!proposal) throw new Error('nothing is proposed')
  const sitting = sittingOn(campaign.councilOn)
  const ties = await valmont.as('claire', ({ tx, territory }) => interestsOf(tx, territory.id))
  const vote = (changed: { moreCents?: bigint; areRecused?: boolean }) =>
    valmont.as('claire', (place) =>
      recordDeliberation(place, campaign, {
        scenarioId: proposal.scenarioId,
        sitting: { ...sitting, heldOn: place.today },
        votes: proposal.lines.map((line) => {
          const own = ties.filter(({ associationId }) => associationId === line.associationId)
          const recusedIds = changed.areRecused === false ? [] : own.map(({ personId }) => personId)
          const votes = unanimous(line, { presentCount: sitting.presentCount, recusedIds })
          return { ...votes, cashCents: cents(changed.moreCents ?? line.cashCents) }
        }),
      }),
    )
  const tooMuch = codesOf(await vote({ moreCents: 30_000_01n }))
  expect(tooMuch).toContain('awards:refused.moreThanAsked')
  expect(codesOf(await vote({ areRecused: false }))).toEqual(['awards:refused.interested'])
  done(await vote({}))
  expect(codesOf(await vote({}))).toContain('awards:refused.numberTaken')
  const awards = await valmont.as('claire', ({ tx }) => awardsOf(tx, campaign))
  expect(awards).toHaveLength(proposal.lines.length)
})
