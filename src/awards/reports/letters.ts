import { campaignById } from '#campaigns'
import { type AwardLetter, awardLetterPdf, makeDocument } from '#documents'
import { type Cents, type Day, formatDay, formatEuros } from '#kit'
import { actorOf, found, organisationById, type Place } from '#people'
import { type Say, sayIn } from '#platform'
import { deliberationById } from '../deliberations-store.ts'
import { issuerOf } from '../papers.ts'
import type { Award } from '../store.ts'
import { reportFacts } from './facts.ts'

// Acts of the commune are in French, whatever the language of the screen.
const say: Say = sayIn('fr')

type Said =
  | { kind: 'formalNotice'; words: string; answerBy: Day }
  | { kind: 'repayment'; words: string; askedCents: Cents }

/** Numbered among the letters of the commune on its grants, and kept. */
export async function writeLetter(place: Place, award: Award, said: Said): Promise<string> {
  const { tx, territory, now } = place
  const content = await letterFrom(place, award, said)
  const document = await makeDocument(
    tx,
    {
      territoryId: territory.id,
      at: now,
      kind: 'notice',
      subjectId: award.id,
      title: `${content.kind} — ${award.associationName}`,
      content,
    },
    ({ number }) => awardLetterPdf({ ...content, reference: number }),
  )
  return document.id
}

async function letterFrom(
  place: Place,
  award: Award,
  said: Said,
): Promise<Omit<AwardLetter, 'reference'>> {
  const { tx, territory } = place
  const association = found(await organisationById(tx, award.associationId))
  const campaign = found(await campaignById(tx, territory.id, award.campaignId))
  const { number, heldOn } = found(await deliberationById(tx, territory.id, award.deliberationId))
  const { dueOn } = await reportFacts(place, award)
  const actor = actorOf(place)
  const values = {
    granted: formatEuros(award.cashCents),
    paid: formatEuros(award.paidCents),
    number,
    heldOn: formatDay(heldOn),
    year: campaign.year,
    dueOn: formatDay(dueOn),
  }
  return {
    issuer: await issuerOf(place),
    association: { name: association.name, address: association.address },
    writtenOn: place.today,
    kind: say(`awards:letter.${said.kind}.kind`),
    title: say(`awards:letter.${said.kind}.title`),
    paragraphs: [
      say('awards:letter.grant', values),
      say(`awards:letter.${said.kind}.text`, values),
    ],
    reasons: said.words,
    ...(said.kind === 'repayment' ? { amount: formatEuros(said.askedCents) } : {}),
    ...(said.kind === 'formalNotice' ? { answerBy: said.answerBy } : {}),
    rights: [
      say(`awards:letter.${said.kind}.right1`, { contact: actor.email }),
      say(`awards:letter.${said.kind}.right2`),
    ],
    isDecision: said.kind === 'repayment',
    signatory: { name: actor.name, role: say('awards:paper.signatoryRole') },
    createdAt: place.now,
  }
}
