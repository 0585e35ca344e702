import type { Campaign } from '#campaigns'
import { type DepositReceipt, depositReceiptPdf } from '#documents'
import { cents } from '#kit'
import { found, organisationById, type Place, peopleOf } from '#people'
import { sayIn } from '#platform'
import type { PieceHead } from './pieces-store.ts'
import { type Application, askedMinutes } from './rules.ts'

/** What the acknowledgement says (CRPA art. R.112-11-1), in French as every act of the commune. */
export async function depositReceiptOf(
  { tx, territory, now }: Place,
  file: { application: Application; campaign: Campaign; pieces: PieceHead[] },
): Promise<Omit<DepositReceipt, 'reference' | 'verification'>> {
  const say = sayIn('fr')
  const { application, campaign, pieces } = file
  const { association } = application
  const commune = found(await organisationById(tx, territory.organisationId))
  const [agent] = await peopleOf(tx, commune.id, 'municipality.agent')
  return {
    issuer: { name: territory.name, address: commune.address },
    service: {
      name: say('applications:receipt.service', { address: commune.address }),
      phone: say('applications:receipt.phone'),
      email: agent?.email ?? say('applications:receipt.noEmail'),
    },
    association: { name: association.name, identifier: identifierOf(association) },
    campaign: campaign.title,
    depositedAt: now,
    askedCents: application.askedCents ?? cents(0),
    askedMinutes: askedMinutes(application.needs),
    pieces: pieces.map(({ kind, fileName, sha256 }) => ({
      name: `${say(`applications:piece.${kind}`)} — ${fileName}`,
      sha256,
    })),
    fetchedFrom: association.rna ? [say('applications:receipt.fetchedFromRna')] : [],
    court: say('applications:receipt.court'),
  }
}

export function drawDepositReceipt(receipt: DepositReceipt): Uint8Array {
  return depositReceiptPdf(receipt)
}

export function identifierOf({ rna, siret }: { rna: string | null; siret: string | null }): string {
  return rna ? `RNA ${rna}` : `SIRET ${siret}`
}
