import { type Award, adoptedAwards, deliberationsOf } from '#awards'
import type { Campaign } from '#campaigns'
import { lastSignedAt } from '#documents'
import { type Day, dayOf, minutes, parseRna, parseSiret } from '#kit'
import { missionsOf } from '#missions'
import { organisationById, organisationsOf, type Place } from '#people'
import {
  hoursCsv,
  type PublishedGrant,
  type PublishedHours,
  type PublishedOrganisation,
  scdlCsv,
} from './scdl/index.ts'

/** Cash granted, in the official columns (SCDL Subventions 2.1.1, décret 2017-779). */
export async function grantsDataset(place: Place, campaign: Campaign): Promise<string> {
  const { issuer, published } = await identities(place)
  const awards = await adoptedAwards(place.tx, campaign)
  const decisions = new Map(
    (await deliberationsOf(place.tx, campaign)).map((decision) => [decision.id, decision]),
  )
  const signed = await lastSignedAt(
    place.tx,
    campaign.territoryId,
    awards.flatMap(({ agreementDocumentId }) => agreementDocumentId ?? []),
  )
  const grants = awards.flatMap((award): PublishedGrant[] => {
    const decision = decisions.get(award.deliberationId)
    const beneficiary = published.get(award.associationId)
    if (!decision || !beneficiary || award.cashCents === 0n) return []
    const signedAt = signed.get(award.agreementDocumentId ?? '')
    const agreedOn: Day = signedAt ? dayOf(signedAt) : decision.heldOn
    return [
      {
        issuer,
        agreedOn,
        decisionReference: decision.number,
        beneficiary,
        object: place.say('open-data:object', { title: campaign.title }),
        amountCents: award.cashCents,
        payment: { kind: 'instalments', from: agreedOn, to: campaign.endsOn },
        isStateAidNotified: false,
      },
    ]
  })
  return scdlCsv(grants)
}

/** Hours of companies: no municipal money, so a file of its own (DOMAIN 4.9). */
export async function hoursDataset(place: Place, campaign: Campaign): Promise<string> {
  const { issuer, published } = await identities(place)
  const awards = await adoptedAwards(place.tx, campaign)
  const missions = await missionsOf(place.tx, campaign)
  const done = new Map(missions.map((mission) => [mission.awardHoursId, mission.approvedMinutes]))
  return hoursCsv(awards.flatMap((award) => hoursOf(award, { issuer, published, done })))
}

function hoursOf(
  award: Award,
  known: {
    issuer: PublishedGrant['issuer']
    published: Map<string, PublishedOrganisation>
    done: Map<string, bigint>
  },
): PublishedHours[] {
  const beneficiary = known.published.get(award.associationId)
  if (!beneficiary) return []
  return [...new Set(award.hours.map(({ family }) => family))].map((family) => {
    const lines = award.hours.filter((line) => line.family === family)
    const companies = new Set(lines.map(({ companyName }) => companyName))
    return {
      issuer: known.issuer,
      beneficiary,
      family,
      grantedMinutes: minutes(lines.reduce((sum, line) => sum + line.minutes, 0n)),
      doneMinutes: minutes(lines.reduce((sum, line) => sum + (known.done.get(line.id) ?? 0n), 0n)),
      // A company is named in open data only with its consent, which is not asked yet.
      companies: [...companies].map((name) => ({ name, agreesToBeNamed: false })),
    }
  })
}

/** Beneficiaries by their register number; whoever has none is never published. */
async function identities(place: Place) {
  const { tx, territory } = place
  const municipality = await organisationById(tx, territory.organisationId)
  const siret = parseSiret(municipality?.siret ?? '')
  if (!siret) throw new Error(`${territory.slug} has no SIRET: its grants cannot be published`)
  const published = new Map<string, PublishedOrganisation>()
  for (const association of await organisationsOf(tx, territory.id, 'association')) {
    const own = parseSiret(association.siret ?? '')
    const rna = parseRna(association.rna ?? '')
    const { name } = association
    if (own) published.set(association.id, { name, siret: own, ...(rna ? { rna } : {}) })
    else if (rna) published.set(association.id, { name, rna })
  }
  return { issuer: { name: territory.name, siret }, published }
}
