import { type Refusal, refusal } from '#kit'
import type { Role } from '#people'

/** Who gives the inside signatures, and makes the layer that is the seal. */
export const METIS = 'metis'

export type DocumentKind =
  | 'deposit'
  | 'council_pack'
  | 'notice'
  | 'grant_agreement'
  | 'mission_agreement'
  | 'gift_receipt'

export type Party = 'municipality' | 'company' | 'association' | 'employee'

/** Who signs for a party. Whether this document is theirs is known by the room that made it. */
export const signatoryRoles: Record<Party, readonly Role[]> = {
  municipality: ['municipality.elected', 'municipality.agent'],
  company: ['company.csr', 'company.manager'],
  association: ['association.representative'],
  employee: ['company.employee'],
}

/** The parties whose signatures make it whole: METIS then puts its seal on it. */
export const wholeWith: Partial<Record<DocumentKind, readonly Party[]>> = {
  grant_agreement: ['municipality', 'association'],
  mission_agreement: ['company', 'association', 'employee'],
}

/** `2027-0001`: by kind and year of making, without a gap. */
export function numberOf(year: number, rank: number): string {
  return `${year}-${String(rank).padStart(4, '0')}`
}

const CAPACITY_CHARACTERS_MAX = 200

export function refusalsOfSignature(
  asked: { party: Party; capacity: string },
  signedBy: Party[],
): Refusal[] {
  const refusals: Refusal[] = []
  if (signedBy.includes(asked.party)) refusals.push(refusal('documents:refused.alreadySigned'))
  if (asked.capacity.trim() === '')
    refusals.push(refusal('documents:refused.noCapacity', { field: 'capacity' }))
  if (asked.capacity.length > CAPACITY_CHARACTERS_MAX)
    refusals.push(
      refusal('documents:refused.longCapacity', {
        field: 'capacity',
        most: CAPACITY_CHARACTERS_MAX,
      }),
    )
  return refusals
}

// Without I, L, O, U: read aloud or copied by hand, a code stays itself.
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_SIGNS = 16

/** `7K3M-9QXA-0V2B-HT5D`: 80 random bits, so that nobody finds a document by trying. */
export function newVerificationCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(CODE_SIGNS))
  const signs = Array.from(bytes, (byte) => SIGNS[byte % SIGNS.length]).join('')
  return signs.replace(/(.{4})(?=.)/g, '$1-')
}

/** The code as kept, from what a person typed: any case, any spacing, O for 0, I or L for 1. */
export function parseVerificationCode(text: string): string | undefined {
  const signs = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (signs.length !== CODE_SIGNS || [...signs].some((sign) => !SIGNS.includes(sign)))
    return undefined
  return signs.replace(/(.{4})(?=.)/g, '$1-')
}

/**
 * The network and not the whole address: it corroborates a signature without following a person. The
 * first 24 bits of an IPv4 address, 48 of an IPv6 one; undefined for what is no address.
 */
export function shortNetwork(address: string | undefined): string | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/.exec(address ?? '')
  if (parts) return `${parts.slice(1, 4).join('.')}.0/24`
  if (!address?.includes(':')) return undefined
  const groups = (address.split('::')[0] ?? '').split(':').filter((group) => group !== '')
  return `${[...groups, '0', '0', '0'].slice(0, 3).join(':')}::/48`
}
