import type { Campaign } from '#campaigns'
import { type Cents, cents } from '#kit'
import type { Tx } from '#platform'
import { needFrom } from './need-store.ts'
import type { Application, Need } from './rules.ts'
import { applicationsOf } from './store.ts'

/** A file that the commune has received and that still asks: what later rooms read of it. */
export type Deposited = {
  id: string
  associationId: string
  associationName: string
  envelopeId: string
  projectTitle: string
  askedCents: Cents
  /** Below this the project does not start; nothing said means that any sum helps. */
  usefulCents: Cents
  number: string
  depositedAt: Date
  needs: Need[]
}

export async function depositedApplications(tx: Tx, campaign: Campaign): Promise<Deposited[]> {
  const all = await applicationsOf(tx, campaign)
  return all.flatMap((application) => depositedFrom(application) ?? [])
}

export function depositedFrom(application: Application): Deposited | undefined {
  const { id, association, envelopeId, projectTitle, deposit } = application
  if (!deposit || !envelopeId || application.withdrawnAt) return undefined
  return {
    id,
    associationId: association.id,
    associationName: association.name,
    envelopeId,
    projectTitle,
    askedCents: application.askedCents ?? cents(0),
    usefulCents: application.usefulCents ?? cents(0),
    number: deposit.number,
    depositedAt: deposit.depositedAt,
    needs: application.needs.flatMap((need) => needFrom({ ...need, applicationId: id }) ?? []),
  }
}
