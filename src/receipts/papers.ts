import { documentById, type GiftReceipt, type ReceiptMission } from '#documents'
import { cents, type Day, day } from '#kit'
import type { Mission } from '#missions'
import { actorOf, type organisationById, type Place } from '#people'
import { lawOn } from '#platform'
import {
  categoryOf,
  identifierOf,
  parseAddress,
  receiptNumber,
  type Signing,
  sirenOf,
} from './issue.ts'
import { type LockedEntry, minutesOf, type Valuation } from './valuation.ts'

type Organisation = NonNullable<Awaited<ReturnType<typeof organisationById>>>

export type ReceiptParts = {
  id: string
  mission: Mission
  valuation: Valuation
  entries: LockedEntry[]
  signing: Signing
  association: Organisation
  company: Organisation
  year: number
  number: number
}

/** Every mention of Cerfa 16216, without the employee's name, which nobody needs there. */
export async function receiptContent(place: Place, parts: ReceiptParts): Promise<GiftReceipt> {
  const { association, company, valuation, signing } = parts
  const { from, to } = periodOf(parts.entries)
  return {
    cerfaVersion: lawOn(place.today).cerfaCompanyReceipt,
    association: {
      name: association.name,
      identifier: identifierOf(association) ?? '',
      address: addressOf(association),
      purpose: association.purpose,
      category: categoryOf(signing),
    },
    company: {
      name: company.name,
      legalForm: valuation.legalForm,
      siren: sirenFor(company),
      address: addressOf(company),
    },
    inKind: { amountCents: valuation.valueCents, missions: [await missionLine(place, parts)] },
    cash: { amountCents: cents(0), forms: [] },
    from,
    to,
    status: {
      state: 'issued',
      number: receiptNumber(parts),
      signedOn: place.today,
      signatory: { name: actorOf(place).name, role: signing.capacity },
    },
    // Given by the register when it is sealed.
    verification: { address: `${place.url}/verify`, code: '' },
    createdAt: place.now,
  }
}

async function missionLine(place: Place, parts: ReceiptParts): Promise<ReceiptMission> {
  const { mission, entries } = parts
  const { agreement } = mission
  const paper =
    agreement && (await documentById(place.tx, mission.territoryId, agreement.documentId))
  return {
    title: mission.title,
    qualification: agreement?.qualification ?? '',
    workedMinutes: minutesOf(entries),
    ...periodOf(entries),
    agreementReference: paper?.number ?? '',
  }
}

/** From the first day worked to the last: note 9 of the model. */
export function periodOf(entries: LockedEntry[]): { from: Day; to: Day } {
  const days = entries.map((entry) => entry.day).sort()
  return { from: day(days[0] ?? ''), to: day(days.at(-1) ?? '') }
}

function addressOf({ address }: Organisation) {
  const parsed = parseAddress(address)
  if (!parsed) throw new Error('the address was checked before')
  return parsed
}

function sirenFor(company: Organisation) {
  const siren = sirenOf(company)
  if (!siren) throw new Error('the SIREN was checked before')
  return siren
}
