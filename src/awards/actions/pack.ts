import { currentProposal, type Proposal, type ProposedLine } from '#allocation'
import { type Campaign, envelopesOf } from '#campaigns'
import { type CouncilPack, councilBriefPdf, councilPackPdf, makeDocument } from '#documents'
import { note } from '#journal'
import { type Cents, cents, type Refused, refusal, sumCents } from '#kit'
import { deed, organisationsOf, type Place, peopleOf } from '#people'
import { lawOn, sayIn } from '#platform'
import { interestsOf } from '#review'
import { draftsFrom } from '../deliberation-drafts.ts'
import { algorithmMention, budgetLine, identifierOf, issuerOf } from '../papers.ts'
import { isAgreementAdvised, mustHaveAgreement } from '../rules.ts'
import { type Award, awardsOf } from '../store.ts'
import { type ThresholdLaw, thresholdsPassed } from '../threshold-rules.ts'
import { earlierCents } from '../thresholds.ts'

type PackContent = Omit<CouncilPack, 'reference'>

/** The file that goes to every member with the notice of the sitting: numbered and kept. */
export async function makeCouncilPack(
  place: Place,
  campaign: Campaign,
  { rapporteur }: { rapporteur: string },
): Promise<{ id: string } | Refused> {
  const { tx, territory, now } = place
  const proposal = await currentProposal(tx, campaign)
  const refusals = []
  if (!proposal) refusals.push(refusal('awards:refused.noProposal'))
  if (rapporteur.trim() === '')
    refusals.push(refusal('awards:refused.noRapporteur', { field: 'rapporteur' }))
  if (refusals.length > 0 || !proposal) return { refusals }
  const content = await packFrom(place, campaign, proposal, rapporteur.trim())
  const document = await makeDocument(
    tx,
    {
      territoryId: territory.id,
      at: now,
      kind: 'council_pack',
      subjectId: campaign.id,
      title: place.say('awards:paper.pack', { campaign: campaign.title }),
      content: { ...content, scenarioId: proposal.scenarioId },
    },
    ({ number }) => councilPackPdf({ ...content, reference: number }),
  )
  const details = { number: document.number, scenarioId: proposal.scenarioId }
  await note(tx, { ...deed(place), action: 'councilPack.made', subjectId: document.id, details })
  return { id: document.id }
}

/** Two pages to read before voting; drawn anew each time, so that recusals are today's. */
export async function drawBrief(
  place: Place,
  campaign: Campaign,
  proposal: Proposal,
): Promise<Uint8Array> {
  const content = await packFrom(place, campaign, proposal, '')
  return councilBriefPdf({ ...content, reference: proposal.name })
}

export async function packFrom(
  place: Place,
  campaign: Campaign,
  proposal: Proposal,
  rapporteur: string,
): Promise<PackContent> {
  const { tx, territory } = place
  const say = sayIn('fr')
  const envelopes = await envelopesOf(tx, campaign)
  const associations = await organisationsOf(tx, territory.id, 'association')
  const identifiers = new Map(associations.map((one) => [one.id, identifierOf(one)]))
  const recused = await recusedNames(place)
  const awards = new Map((await awardsOf(tx, campaign)).map((one) => [one.applicationId, one]))
  const law = lawOn(campaign.councilOn)
  const earlier = await earlierCents(tx, campaign)
  const scenario = `${place.url}/${campaign.year}/allocation/${proposal.scenarioId}`
  const pack: Omit<PackContent, 'drafts'> = {
    issuer: await issuerOf(place),
    campaign: campaign.title,
    sessionOn: campaign.councilOn,
    object: say('awards:paper.object', { year: campaign.year }),
    rapporteur,
    report: [say('awards:paper.report1', { year: campaign.year }), say('awards:paper.report2')],
    budgetLine,
    envelopeCents: sumCents(envelopes.map(({ cashCents }) => cashCents)),
    lines: proposal.lines.map((line) => ({
      association: line.associationName,
      identifier: identifiers.get(line.associationId) ?? '—',
      object: line.projectTitle,
      previousCents: line.baselineCents,
      amountCents: line.cashCents,
      agreement:
        mustHaveAgreement(line.cashCents, law.agreementAboveCents) || isAgreementAdvised(line),
      recused: recused.get(line.associationId) ?? [],
      thresholds: shortThresholds(line, earlier, law),
      source: `${scenario}#why-${line.associationId}`,
      ...voteOf(awards.get(line.applicationId)),
    })),
    hoursCredits: proposal.lines.flatMap((line) => creditsOf(line, scenario)),
    algorithm: algorithmMention(place, campaign),
    digests: { problem: proposal.problemSha256, result: proposal.resultSha256 },
    sources: { scenario, ledger: `${place.url}/${campaign.year}/ledger` },
    createdAt: place.now,
  }
  return { ...pack, drafts: draftsFrom(pack) }
}

/** In a few words beside the line; the body's budget is not known here. */
function shortThresholds(
  { associationId, cashCents }: ProposedLine,
  earlier: Map<string, Cents>,
  law: ThresholdLaw,
): string[] {
  const earlierOfOne = earlier.get(associationId) ?? cents(0)
  const facts = { cashCents, earlierCents: earlierOfOne, projectBudgetCents: undefined }
  const say = sayIn('fr')
  return thresholdsPassed(facts, law)
    .filter((threshold) => threshold !== 'agreement')
    .map((threshold) => say(`awards:threshold.short.${threshold}`))
}

function creditsOf(
  { associationId, associationName, hours }: ProposedLine,
  scenario: string,
): CouncilPack['hoursCredits'] {
  const say = sayIn('fr')
  return hours.map((own) => ({
    association: associationName,
    family: say(`campaigns:family.${own.family}`),
    minutes: own.minutes,
    source: `${scenario}#why-${associationId}`,
  }))
}

function voteOf(award: Award | undefined) {
  if (!award) return {}
  const { votesFor, votesAgainst, abstentions } = award
  return { vote: { for: votesFor, against: votesAgainst, abstained: abstentions } }
}

/** Names of the members who declared an interest, by association: never on a public page. */
export async function recusedNames(place: Place): Promise<Map<string, string[]>> {
  const { tx, territory } = place
  const members = await peopleOf(tx, territory.organisationId, 'municipality.elected')
  const names = new Map(members.map(({ id, name }) => [id, name]))
  const byAssociation = new Map<string, string[]>()
  for (const { associationId, personId } of await interestsOf(tx, territory.id)) {
    const name = names.get(personId)
    if (name) byAssociation.set(associationId, [...(byAssociation.get(associationId) ?? []), name])
  }
  return byAssociation
}
