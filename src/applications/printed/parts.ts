import type { FormBlock, FormFact, FormNeed, FormPart } from '#documents'
import { dayOf, formatDay, formatEuros, formatHours } from '#kit'
import type { Say } from '#platform'
import { shareAsked } from '../cerfa/balance.ts'
import { isCerfaSection } from '../cerfa/fields.ts'
import { commitments } from '../commitment-page.tsx'
import type { ReadFile } from '../facts.tsx'
import { kitBehind } from '../kits.ts'
import type { Application, Task } from '../rules.ts'
import { answerBlocks } from './answers.ts'

/** One part of the file as it is printed; what nobody said stays in it, blank. */
export function partOf(file: ReadFile, task: Task): FormPart {
  const { say } = file
  return { title: say(`cerfa:printed.part.${task}`), blocks: blocksOf(file, task) }
}

function blocksOf(file: ReadFile, task: Task): FormBlock[] {
  const { say, application } = file
  if (task === 'project') return [facts(projectFacts(say, application))]
  if (task === 'money') return [facts(moneyFacts(file))]
  if (task === 'needs')
    return [
      { kind: 'hours', needs: application.needs.map((need) => needOf(say, need)) },
      facts([{ label: say('applications:money.fallback'), words: application.cashFallback }]),
    ]
  if (task === 'pieces') return [piecesBlock(file), facts(bankFacts(file))]
  if (task === 'commitment') return commitmentBlocks(file)
  const blocks = isCerfaSection(task) ? answerBlocks(file, task) : []
  return task === 'attestations' ? [...blocks, attestation(file)] : blocks
}

function facts(all: FormFact[]): FormBlock {
  return { kind: 'facts', title: '', facts: all }
}

function projectFacts(say: Say, application: Application): FormFact[] {
  return [
    { label: say('applications:facts.title'), words: application.projectTitle },
    { label: say('applications:facts.summary'), words: application.projectSummary },
    { label: say('applications:facts.beneficiaries'), words: application.beneficiaries },
  ]
}

function moneyFacts({ say, application, envelopeName, cerfa }: ReadFile): FormFact[] {
  const { askedCents, usefulCents, budgetChargesCents, budgetProductsCents } = application
  const percent = shareAsked(cerfa.form, askedCents)
  return [
    { label: say('applications:facts.envelope'), words: envelopeName ?? '' },
    { label: say('applications:money.asked'), words: inEuros(askedCents) },
    { label: say('applications:money.useful'), words: inEuros(usefulCents) },
    { label: say('applications:money.charges'), words: inEuros(budgetChargesCents) },
    { label: say('applications:money.products'), words: inEuros(budgetProductsCents) },
    ...(percent === undefined
      ? []
      : [{ label: say('cerfa:printed.share'), words: `${percent.toLocaleString('fr')}\u00a0%` }]),
  ]
}

function needOf(say: Say, need: Application['needs'][number]): FormNeed {
  const { family, minMinutes, maxMinutes, startsOn, endsOn } = need
  const kit = kitBehind(need)
  const ends = startsOn && endsOn
  return {
    family: family ? say(`campaigns:family.${family}`) : '',
    kit: kit ? say(`applications:kit.${kit}.title`) : '',
    deliverable: need.deliverable,
    wished: maxMinutes === null ? '' : formatHours(maxMinutes),
    usefulFrom: minMinutes === null ? '' : formatHours(minMinutes),
    period: ends
      ? say('cerfa:printed.period', { from: formatDay(startsOn), to: formatDay(endsOn) })
      : '',
    place: say(`applications:modality.${need.modality}`),
  }
}

function inEuros(value: Application['askedCents']): string {
  return value === null ? '' : formatEuros(value)
}

function piecesBlock({ say, pieces }: ReadFile): FormBlock {
  return {
    kind: 'pieces',
    pieces: pieces.map(({ kind, fileName, addedAt, sha256 }) => ({
      name: `${say(`applications:piece.${kind}`)} — ${fileName}`,
      added: say('cerfa:printed.added', { day: formatDay(dayOf(addedAt)) }),
      sha256,
    })),
  }
}

function bankFacts({ say, bankAccount }: ReadFile): FormFact[] {
  const words = bankAccount ? `${bankAccount.holder} — ${bankAccount.maskedIban}` : ''
  return [{ label: say('cerfa:printed.account'), words }]
}

function attestation({ say, application: { deposit } }: ReadFile): FormBlock {
  const lead = deposit
    ? say('cerfa:printed.attested', { day: formatDay(dayOf(deposit.depositedAt)) })
    : say('cerfa:printed.toAttest')
  const names = ['obligations', 'exact', 'charter'] as const
  const lines = names.map((one) => say(`cerfa:attest.${one}`))
  return { kind: 'statements', lead, lines: [...lines, say('cerfa:printed.mayBind')] }
}

function commitmentBlocks({ say, application: { commitmentSignedAt } }: ReadFile): FormBlock[] {
  const lead = commitmentSignedAt
    ? say('cerfa:printed.committed', { day: formatDay(dayOf(commitmentSignedAt)) })
    : say('cerfa:printed.toCommit')
  const lines = commitments.map((one) => say(`applications:commitment.text.${one}`))
  return [{ kind: 'statements', lead, lines }]
}
