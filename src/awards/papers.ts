import { causes, type ProposedLine, type Scenario, scenarioOf } from '#allocation'
import type { Deposited } from '#applications'
import type { Campaign } from '#campaigns'
import type { AwardNotice, GrantAgreement, Issuer, PrintedParty } from '#documents'
import { cents, day, formatDay, formatEuros, minutes, sumMinutes } from '#kit'
import { actorOf, found, organisationById, type Place, peopleOf } from '#people'
import { lawOn, type Say, sayIn } from '#platform'
import { instalmentsOf } from './course-store.ts'
import { type Deliberation, deliberationById } from './deliberations-store.ts'
import { isWaiting, waitingCents } from './instalments/rules.ts'

import { reportDueOn } from './reports/rules.ts'
import type { Award, AwardHours } from './store.ts'

// Acts of the commune are in French, whatever the language of the screen.
const say: Say = sayIn('fr')

/** Grants to bodies of private law, in the M57 accounts (DOMAIN 4.10). */
export const budgetLine = '65748'

/** What a letter says of an award: enough to write its draft before there is one. */
export type ToldAward = Pick<
  Award,
  'applicationId' | 'associationId' | 'isAdopted' | 'cashCents' | 'executoryOn'
> & { hours: Pick<AwardHours, 'needId' | 'family' | 'minutes'>[] }

export type NoticeFacts<Told = Award> = { award: Told; request: Deposited; reasons: string[] }
export type NoticeContent = Omit<AwardNotice, 'reference'>
export type AgreementContent = Omit<GrantAgreement, 'reference'>

export async function noticeFrom(
  place: Place,
  campaign: Campaign,
  deliberation: Pick<Deliberation, 'number' | 'heldOn'>,
  { award, request, reasons }: NoticeFacts<ToldAward>,
): Promise<NoticeContent> {
  const association = found(await organisationById(place.tx, award.associationId))
  const actor = actorOf(place)
  return {
    issuer: await issuerOf(place),
    association: { name: association.name, address: association.address },
    campaign: campaign.title,
    writtenOn: place.today,
    deliberation: { number: deliberation.number, on: deliberation.heldOn },
    cash: {
      askedCents: request.askedCents,
      grantedCents: award.isAdopted ? award.cashCents : cents(0),
    },
    hours: noticeHours(award, request),
    reasons,
    algorithm: { ...algorithmMention(place, campaign), contact: actor.email },
    nextSteps: nextSteps(award),
    remedies: {
      authority: say('awards:paper.authority'),
      court: say('awards:paper.court'),
    },
    signatory: { name: actor.name, role: say('awards:paper.signatoryRole') },
    createdAt: place.now,
  }
}

/** CRPA art. L.311-3-1: what the machine was for, where its rules are. */
export function algorithmMention(place: Place, campaign: Campaign) {
  return {
    purpose: say('awards:paper.algorithmPurpose'),
    rulesAddress: `${place.url}/${campaign.year}/public`,
  }
}

function noticeHours(award: ToldAward, request: Deposited): AwardNotice['hours'] {
  const families = [...new Set(request.needs.map(({ family }) => family))]
  return families.map((family) => ({
    family: say(`campaigns:family.${family}`),
    askedMinutes: sumMinutes(
      request.needs.filter((need) => need.family === family).map((need) => need.maxMinutes),
    ),
    grantedMinutes: sumMinutes(
      award.hours.filter((own) => own.family === family).map((own) => own.minutes),
    ),
  }))
}

function nextSteps(award: ToldAward): string[] {
  if (!award.isAdopted) return []
  const steps = []
  if (award.cashCents > 0n || award.hours.length > 0) steps.push(say('awards:paper.stepSign'))
  if (award.hours.length > 0) steps.push(say('awards:paper.stepMissions'))
  return steps
}

export async function agreementFrom(
  place: Place,
  campaign: Campaign,
  deliberation: Deliberation,
  { award, request }: Pick<NoticeFacts, 'award' | 'request'>,
): Promise<AgreementContent> {
  const { territory, today } = place
  const law = lawOn(today)
  const yearEnd = day(`${campaign.year}-12-31`)
  return {
    issuer: await issuerOf(place),
    commune: await printedParty(place, territory.organisationId),
    association: await printedParty(place, award.associationId),
    campaign: campaign.title,
    object: request.projectTitle,
    from: day(`${campaign.year}-01-01`),
    to: [campaign.endsOn, yearEnd].sort().at(-1) ?? yearEnd,
    deliberation: { number: deliberation.number, on: deliberation.heldOn },
    cash: {
      amountCents: award.cashCents,
      budgetLine,
      payments: await printedPayments(place, award),
    },
    reportDueOn: reportDueOn(campaign.year, law.financialReportMonths),
    hoursCredit: award.hours.map((own) => ({
      family: say(`campaigns:family.${own.family}`),
      minutes: own.minutes,
    })),
    signed: {},
    createdAt: place.now,
  }
}

/** As planned, when the whole of the grant is; otherwise at once, within the delay of the law. */
async function printedPayments(
  { tx, territory, today }: Place,
  award: Award,
): Promise<AgreementContent['cash']['payments']> {
  const days = lawOn(today).paymentDays
  const planned = (await instalmentsOf(tx, territory.id, [award.id])).filter(isWaiting)
  if (award.cashCents === 0n) return []
  if (waitingCents(planned) !== award.cashCents)
    return [{ when: say('awards:paper.paidWithin', { days }), amountCents: award.cashCents }]
  return planned.map(({ waitsFor, plannedOn, plannedCents }) => ({
    when: plannedOn
      ? say('awards:paper.paidOn', { day: formatDay(plannedOn) })
      : say(`awards:paper.paidAfter.${waitsFor}`, { days }),
    amountCents: plannedCents,
  }))
}

async function printedParty(place: Place, organisationId: string): Promise<PrintedParty> {
  const { tx, territory } = place
  const { name, address, ...identifiers } = found(await organisationById(tx, organisationId))
  const isCommune = organisationId === territory.organisationId
  const [person] = isCommune ? [] : await peopleOf(tx, organisationId, 'association.representative')
  const representative = isCommune
    ? { name: actorOf(place).name, role: say('awards:paper.signatoryRole') }
    : { name: person?.name ?? name, role: say('awards:paper.representativeRole') }
  return { name, address, identifier: identifierOf(identifiers), representative }
}

export function identifierOf(of: {
  rna: string | null
  siret: string | null
  siren: string | null
}): string {
  if (of.rna) return `RNA ${of.rna}`
  return of.siret ? `SIRET ${of.siret}` : `SIREN ${of.siren ?? '—'}`
}

export async function issuerOf({ tx, territory }: Place): Promise<Issuer> {
  const commune = found(await organisationById(tx, territory.organisationId))
  return { name: territory.name, address: commune.address }
}

/** In French, for each award: why the scenario proposed it, and that the council changed it. */
export async function reasonsOf(
  { tx, territory }: Place,
  campaign: Campaign,
  awards: Award[],
): Promise<Map<string, string[]>> {
  const scenarios = new Map<string, Scenario>()
  for (const id of new Set(awards.map(({ deliberationId }) => deliberationId))) {
    const { scenarioId } = found(await deliberationById(tx, territory.id, id))
    scenarios.set(id, found(await scenarioOf(tx, campaign, scenarioId)))
  }
  return new Map(
    awards.map((award) => [award.id, reasonsFor(award, scenarios.get(award.deliberationId))]),
  )
}

export function reasonsFor(award: ToldAward, scenario: Scenario | undefined): string[] {
  if (!award.isAdopted) return [say('awards:paper.rejected')]
  const line = scenario?.lines.find(({ applicationId }) => applicationId === award.applicationId)
  if (!scenario || !line) return []
  const reference = formatEuros(line.referenceCents)
  const baseline = formatEuros(line.baselineCents)
  return [
    ...(line.cashCents === award.cashCents ? [] : [say('awards:paper.councilChanged')]),
    ...lapsedHours(award, line, say),
    line.baselineCents > 0n
      ? say('awards:paper.measured', { reference, baseline })
      : say('awards:paper.newcomer', { reference }),
    ...causes(scenario.problem, scenario.result, award.associationId, 'fr'),
  ]
}

/** A sentence for each skill whose hours were voted for information, then taken back by their company. */
export function lapsedHours(award: ToldAward, line: ProposedLine, speak: Say): string[] {
  if (award.executoryOn === undefined) return []
  const kept = new Set(award.hours.map(({ needId }) => needId))
  return line.hours
    .filter(({ needId }) => !kept.has(needId))
    .map(({ family }) =>
      speak('awards:paper.lapsed', { family: speak(`campaigns:family.${family}`) }),
    )
}

/** A sealed agreement read back: amounts and instants were written as text. */
export function revivedAgreement(content: object): AgreementContent {
  // Sealed by agreementFrom(), so its shape is known; only big integers and dates are not.
  const kept = content as AgreementContent
  return {
    ...kept,
    cash: {
      ...kept.cash,
      amountCents: cents(kept.cash.amountCents),
      payments: kept.cash.payments.map(({ when, amountCents }) => ({
        when,
        amountCents: cents(amountCents),
      })),
    },
    hoursCredit: kept.hoursCredit.map(({ family, minutes: own }) => ({
      family,
      minutes: minutes(own),
    })),
    createdAt: new Date(kept.createdAt),
  }
}
