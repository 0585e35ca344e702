import type { Context } from 'hono'
import type { Campaign } from '#campaigns'
import { pledgeLetterPdf } from '#documents'
import { organisationById, type Place, type PlaceEnv } from '#people'
import type { Pledge } from './rules.ts'

/** The letter of a pledge already written in METIS: what is missing is the pen. */
export async function letterOfPledge(
  place: Place,
  { pledge, campaign }: { pledge: Pledge; campaign: Campaign },
): Promise<Uint8Array> {
  const company = await organisationById(place.tx, pledge.companyId)
  return pledgeLetterPdf({
    issuer: await communeOf(place),
    company: {
      name: pledge.companyName,
      identifier: company?.siret ? `SIRET ${company.siret}` : '',
      address: company?.address ?? '',
    },
    representative: undefined,
    campaign: campaign.title,
    hours: [
      { family: place.say(`campaigns:family.${pledge.family}`), minutes: pledge.keptMinutes },
    ],
    blockMinutes: pledge.blockMinutes,
    from: pledge.startsOn,
    to: pledge.endsOn,
    createdAt: place.now,
  })
}

export async function communeOf({ tx, territory }: Place) {
  const commune = await organisationById(tx, territory.organisationId)
  return { name: territory.name, ...(commune?.address ? { address: commune.address } : {}) }
}

/** Of a CSR manager with an account: what the letter may say without asking. */
export async function companyOf({ tx, actor }: Place) {
  const seat = actor?.memberships.find(({ role }) => role === 'company.csr')
  const company = seat && (await organisationById(tx, seat.organisation.id))
  if (!company) return undefined
  const { name, siret, address } = company
  return { name, identifier: siret ?? '', address }
}

/** Shown in the browser, kept by no cache and by no register: it becomes a proof once it is signed. */
export function answerLetter(context: Context<PlaceEnv>, pdf: Uint8Array): Response {
  return context.body(new Uint8Array(pdf), 200, {
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="lettre-engagement.pdf"',
    'cache-control': 'private, no-store',
  })
}
