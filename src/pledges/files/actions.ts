import { type Campaign, familiesOf } from '#campaigns'
import { note } from '#journal'
import { type Day, isId, isRefused, type Refused, refusal } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, found, organisationOf, organisationsOf, type Place } from '#people'
import { sha256, type Tx, takeTurn } from '#platform'
import { openTable } from '#territory'
import { type Promising, submitPledges, tellSubmitted, writePromising } from '../actions.ts'
import { headingOf, type LineField, linesUnder, type ReadLine, type Said } from './columns.ts'
import { type Around, type Judged, judgeLines } from './judge.ts'
import {
  type Draft,
  draftById,
  fileById,
  fileOfContent,
  insertDraft,
  insertDraftAnswer,
  insertFile,
  keysDrafted,
  linesOf,
  type PledgeFile,
  saveLine,
} from './store.ts'

type Done = { id: string }

/** A page of more lines is corrected by nobody: the file is cut in two first. */
export const LINES_MAX = 500

/** Reads the lines; nothing is promised. The same content put in again answers the file known already. */
export async function putInFile(
  place: Place,
  campaign: Campaign,
  source: { fileName: string; bytes: Uint8Array },
): Promise<Done | Refused> {
  const { tx, territory } = place
  await takeTurn(tx, territory.id)
  const organisationId = organisationOf(place).id
  const whose = { territoryId: territory.id, campaignId: campaign.id, organisationId }
  const fileSha256 = sha256(source.bytes)
  const known = await fileOfContent(tx, whose, fileSha256)
  if (known) return { id: known }
  const read = await readFile(source)
  if (isRefused(read)) return read
  const by = { putInBy: actorOf(place).personId, putInAt: place.now }
  const file = { ...whose, fileName: source.fileName, fileSha256, ...by }
  const id = await insertFile(tx, file, read.lines)
  const details = { lines: read.lines.length }
  await note(tx, { ...deed(place), action: 'pledges.fileRead', subjectId: id, details })
  return { id }
}

async function readFile(source: { fileName: string; bytes: Uint8Array }) {
  const table = await openTable(source)
  if ('refusals' in table) return table
  const say = (code: string, values = {}) => ({
    refusals: [refusal(`pledge-files:refused.${code}`, { field: 'file', ...values })],
  })
  const heading = await headingOf(table)
  if (!heading) return say('noHeading')
  const lines = await linesUnder(table, heading, LINES_MAX)
  if (!lines) return say('tooLong', { most: LINES_MAX })
  return lines.length === 0 ? say('noLine') : { lines }
}

/** A file is its organisation's: to anybody else it does not exist. */
export async function ownFile(place: Place, id: string): Promise<PledgeFile> {
  const file = isId(id) ? await fileById(place.tx, place.territory.id, id) : undefined
  return found(file?.organisationId === organisationOf(place).id ? file : undefined)
}

export type Shown = Judged & { state: 'taken' | 'known' | 'right' | 'wrong' }

/** Every line as it stands today: a season that closed, a company that came, change what may be taken. */
export async function judgedLines(
  place: Place,
  campaign: Campaign,
  file: PledgeFile,
): Promise<{ lines: Shown[]; around: Around }> {
  const { tx, today } = place
  const { id, kind } = organisationOf(place)
  const around = await aroundOf(tx, campaign, today)
  if (kind === 'company') around.own = found(around.companies.find((one) => one.id === id))
  return { lines: await linesAround(tx, file, around), around }
}

export async function linesAround(tx: Tx, file: PledgeFile, around: Around): Promise<Shown[]> {
  const read = await linesOf(tx, file)
  const taken = new Set(read.filter(({ draftId }) => draftId).map(({ line }) => line))
  const known = await keysDrafted(tx, file)
  return judgeLines(read, around).map((judged): Shown => {
    if (taken.has(judged.line)) return { ...judged, state: 'taken' }
    if (judged.key && known.has(judged.key)) return { ...judged, state: 'known' }
    return { ...judged, state: judged.refusals.length > 0 ? 'wrong' : 'right' }
  })
}

/** What the commune's own file is judged against. */
export async function aroundOf(tx: Tx, campaign: Campaign, today: Day): Promise<Around> {
  const companies = await organisationsOf(tx, campaign.territoryId, 'company')
  const openFamilies = await familiesOf(tx, campaign)
  return { campaign, companies, own: undefined, today, openFamilies }
}

/** What a person said after the file: other words on a line, or what a whole column means. */
export type Corrections = { lines: Map<number, Said>; columns: Map<string, LineField> }

/** Lines taken already stay as they were taken. */
export async function correctLines(
  place: Place,
  file: PledgeFile,
  corrections: Corrections,
): Promise<void> {
  await takeTurn(place.tx, place.territory.id)
  let count = 0
  for (const { draftId, ...read } of await linesOf(place.tx, file)) {
    const corrected = correctedLine(read, corrections)
    if (draftId || JSON.stringify(corrected) === JSON.stringify(read)) continue
    await saveLine(place.tx, file, corrected)
    count += 1
  }
  const act = { ...deed(place), action: 'pledges.fileCorrected', subjectId: file.id }
  if (count > 0) await note(place.tx, { ...act, details: { lines: count } })
}

function correctedLine({ line, ...read }: ReadLine, corrections: Corrections): ReadLine {
  const said = { ...read.said }
  const apart = { ...read.apart }
  for (const [title, field] of corrections.columns) {
    if (apart[title] !== undefined) said[field] = apart[title]
    delete apart[title]
  }
  const typed = Object.entries(corrections.lines.get(line) ?? {}) as [LineField, string][]
  for (const [field, text] of typed) if (text !== (read.said[field] ?? '')) said[field] = text
  return { line, said, apart }
}

type Taking = { ticked: ReadonlySet<number>; hasNoCounterpart: boolean }

/**
 * The right lines that were ticked: pledges of the company whose file it is; drafts that each company
 * has still to make its own, when the commune's agent brings them (DOMAIN 8.3: draft, then submitted).
 */
export async function takeLines(
  place: Place,
  { campaign, file }: { campaign: Campaign; file: PledgeFile },
  { ticked, hasNoCounterpart }: Taking,
): Promise<{ count: number } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const { lines, around } = await judgedLines(place, campaign, file)
  const taken = lines.filter(({ line, state }) => state === 'right' && ticked.has(line))
  // Sent twice: the first time did it.
  if (taken.length === 0 && lines.some(({ line, state }) => state === 'taken' && ticked.has(line)))
    return { count: 0 }
  if (taken.length === 0) return { refusals: [refusal('pledge-files:refused.noneTicked')] }
  if (around.own && !hasNoCounterpart)
    return { refusals: [refusal('pledges:refused.counterpart', { field: 'noCounterpart' })] }
  for (const one of taken) await takeLine(place, file, one, around.own !== undefined)
  if (around.own) await tellSubmitted(place, taken.length)
  else await tellCompanies(place, campaign, taken)
  const details = { count: taken.length }
  await note(place.tx, {
    ...deed(place),
    action: 'pledges.fileTaken',
    subjectId: file.id,
    details,
  })
  return details
}

async function takeLine(place: Place, file: PledgeFile, taken: Judged, isOwn: boolean) {
  const by = { draftedBy: actorOf(place).personId, draftedAt: place.now }
  const id = await draftLine(place.tx, file, taken, by)
  if (!isOwn) return
  const [pledgeId = null] = await writePromising(place, found(taken.promising))
  await answer(place, { territoryId: file.territoryId, id }, pledgeId)
}

export async function draftLine(
  tx: Tx,
  file: PledgeFile,
  { line, answers, company, key }: Judged,
  by: { draftedBy: string; draftedAt: Date },
): Promise<string> {
  const companyId = found(company).id
  return insertDraft(tx, file, { line, answers, companyId, lineKey: found(key), ...by })
}

async function tellCompanies(place: Place, campaign: Campaign, taken: Judged[]): Promise<void> {
  const link = `${place.url}/${campaign.year}/pledges`
  for (const [companyId, own] of Map.groupBy(taken, ({ company }) => found(company).id)) {
    const to = { organisationId: companyId, role: 'company.csr' as const }
    await tell(place, to, 'pledge-files:notice.drafted', { count: own.length, link })
  }
}

/** A draft as its company sees it, as long as it has not answered. */
export async function openDraft(place: Place, id: string): Promise<Draft> {
  const draft = isId(id) ? await draftById(place.tx, place.territory.id, id) : undefined
  const isOwn = draft?.companyId === organisationOf(place).id && !draft.answeredAt
  return found(isOwn ? draft : undefined)
}

/** The company makes the draft its own, with what it changed in it: a pledge as any other. */
export async function promiseDraft(
  place: Place,
  draftId: string,
  { conditions, lines }: Promising,
): Promise<{ ids: string[] } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const draft = await openDraft(place, draftId)
  const outcome = await submitPledges(place, conditions, lines)
  if (isRefused(outcome)) return outcome
  await answer(place, draft, outcome.ids[0] ?? null)
  return outcome
}

export async function declineDraft(place: Place, draftId: string): Promise<Done> {
  await takeTurn(place.tx, place.territory.id)
  const draft = await openDraft(place, draftId)
  await answer(place, draft, null)
  await note(place.tx, { ...deed(place), action: 'pledge.draftDeclined', subjectId: draft.id })
  const to = {
    organisationId: place.territory.organisationId,
    role: 'municipality.agent' as const,
  }
  await tell(place, to, 'pledge-files:notice.declined', { company: draft.companyName })
  return { id: draft.id }
}

async function answer(
  place: Place,
  draft: { territoryId: string; id: string },
  pledgeId: string | null,
): Promise<void> {
  const by = { answeredBy: actorOf(place).personId, answeredAt: place.now }
  await insertDraftAnswer(place.tx, draft, { pledgeId, ...by })
}
