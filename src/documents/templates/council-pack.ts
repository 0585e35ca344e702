import { type Cents, type Day, type Minutes, sumCents, sumMinutes } from '#kit'
import { renderPdf } from '#platform'
import type { DraftDeliberation } from './draft-deliberation.ts'
import { dated, euros, hours, type Issuer, issuerParts } from './parts.ts'

export type CouncilPack = {
  issuer: Issuer
  reference: string
  campaign: string
  sessionOn: Day
  object: string
  rapporteur: string
  /** The report to the council, one paragraph each. */
  report: string[]
  budgetLine: string
  envelopeCents: Cents
  lines: CouncilLine[]
  /** The texts to vote. */
  drafts: DraftDeliberation[]
  /** Where totals are explained line by line, and where the euros and hours are kept. */
  sources?: { scenario: string; ledger: string }
  /** For information: hours that companies offer to associations. */
  hoursCredits: { association: string; family: string; minutes: Minutes; source?: string }[]
  /** CRPA art. L.311-3-1: how a machine helped to propose the split. */
  algorithm?: { purpose: string; rulesAddress: string }
  /** SHA-256 of the problem without names and of its result: anybody who computes the split again finds the same. */
  digests?: { problem: string; result: string }
  createdAt: Date
}

export type CouncilLine = {
  association: string
  /** RNA or SIREN, with its name. */
  identifier: string
  object: string
  previousCents: Cents
  amountCents: Cents
  agreement: boolean
  /** Councillors who take no part in this line (CGCT art. L.2131-11). */
  recused: string[]
  /** What the law asks above an amount (DOMAIN 4.2), in a few words. */
  thresholds?: string[]
  /** The address of the line in its scenario: each number leads back to its reasons. */
  source?: string
  /** Known once the council has voted. */
  vote?: { for: number; against: number; abstained: number }
}

/** Report, draft deliberation, one row per association with its recusals, hours in an annex for information. */
export function councilPackPdf(pack: CouncilPack): Uint8Array {
  return draw(pack, 'council-pack.typ', `Dossier du conseil — ${pack.object}`)
}

/** The same council on two pages, to read before voting. */
export function councilBriefPdf(pack: CouncilPack): Uint8Array {
  return draw(pack, 'council-brief.typ', `L’essentiel du conseil — ${pack.object}`)
}

function draw(pack: CouncilPack, template: string, title: string): Uint8Array {
  const amountCents = sumCents(pack.lines.map((line) => line.amountCents))
  const previousCents = sumCents(pack.lines.map((line) => line.previousCents))
  return renderPdf({
    template: `/documents/templates/${template}`,
    title,
    language: 'fr',
    createdAt: pack.createdAt,
    data: {
      ...pack,
      issuer: issuerParts(pack.issuer),
      sessionOn: dated(pack.sessionOn),
      algorithm: pack.algorithm ?? null,
      digests: pack.digests ?? null,
      envelopeCents: undefined,
      envelope: euros(pack.envelopeCents),
      total: euros(amountCents),
      previousTotal: euros(previousCents),
      lines: pack.lines.map((line) => ({
        ...line,
        previousCents: undefined,
        previous: euros(line.previousCents),
        amountCents: undefined,
        amount: euros(line.amountCents),
        vote: line.vote ?? null,
        thresholds: line.thresholds ?? [],
        source: line.source ?? null,
      })),
      hoursCredits: pack.hoursCredits.map((credit) => [
        credit.association,
        credit.family,
        hours(credit.minutes),
        credit.source ?? null,
      ]),
      sources: pack.sources ?? null,
      drafts: pack.drafts.map((draft) => ({
        ...draft,
        state: draft.state.map(({ amountCents: stateCents, ...line }) => ({
          ...line,
          amount: euros(stateCents),
        })),
      })),
      hoursTotal: hours(sumMinutes(pack.hoursCredits.map((credit) => credit.minutes))),
    },
  })
}
