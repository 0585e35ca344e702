import type { Campaign } from '#campaigns'
import { type Day, isRefused, parseSiret, type Refusal, refusal } from '#kit'
import { digestOf, type Typed } from '#platform'
import { fold } from '#territory'
import { type Promising, promisesIn } from '../actions.ts'
import { readPledges } from '../form.ts'
import { refusalsForPledge } from '../rules.ts'
import type { LineField, ReadLine, Said } from './columns.ts'
import { dayIn, familyIn, hoursIn, modalityIn } from './words.ts'

export type Company = { id: string; name: string; siret: string | null; siren: string | null }

/** What a line is judged against. `own`: a company's file speaks of that company alone. */
export type Around = {
  campaign: Campaign
  openFamilies: string[]
  companies: Company[]
  own: Company | undefined
  today: Day
}

/** A line as understood; `refusals` name the fields of the file, and a line without any may be taken. */
export type Judged = ReadLine & {
  company: Company | undefined
  /** The answers that the pledge form would have: what is kept in a draft. */
  answers: Typed
  promising: Promising | undefined
  key: string | undefined
  refusals: Refusal[]
}

/** The same rules as the form: a line becomes its answers, and what refuses them refuses the line. */
export function judgeLine(read: ReadLine, around: Around): Judged {
  const { said } = read
  const { campaign, openFamilies, today } = around
  const company = companyIn(said, around)
  const family = familyIn(said.family ?? '', openFamilies)
  const refusals: Refusal[] = []
  if (!company) refusals.push(whyNoCompany(said, around))
  if (!family) refusals.push(refusal('pledge-files:refused.family', { field: 'family' }))
  const answers = answersOf(said, { family: family ?? openFamilies[0] ?? '', campaign })
  // The company states this itself, when it makes the promise its own.
  const asForm = readPledges({ ...answers, noCounterpart: 'yes' }, campaign, {
    openFamilies,
    today,
  })
  const promising = isRefused(asForm) ? undefined : asForm
  if (isRefused(asForm)) refusals.push(...asForm.refusals.map(ofLine))
  else refusals.push(...refusalsOf(asForm, around).map(ofLine))
  const key = promising && company && keyOf(company, answers, promising)
  return { ...read, company, answers, promising, key, refusals }
}

/** Two lines that say the same: the second counts only once it says something else. */
export function judgeLines(lines: ReadLine[], around: Around): Judged[] {
  const first = new Map<string, number>()
  return lines.map((read) => {
    const judged = judgeLine(read, around)
    const { key, line } = judged
    const same = key === undefined ? undefined : first.get(key)
    if (key !== undefined && same === undefined) first.set(key, line)
    if (same === undefined) return judged
    const twice = refusal('pledge-files:refused.twice', { field: 'hours', line: same })
    return { ...judged, refusals: [...judged.refusals, twice] }
  })
}

function refusalsOf(promising: Promising, { campaign, openFamilies }: Around): Refusal[] {
  const asked = { openFamilies, hasNoCounterpart: true }
  return promisesIn(promising).flatMap((promised) => refusalsForPledge(promised, campaign, asked))
}

/** The form has one field of hours for each skill, the file one column. */
function ofLine(one: Refusal): Refusal {
  return one.field?.startsWith('hours-') ? { ...one, field: 'hours' satisfies LineField } : one
}

/** By its SIRET, then by another establishment's; by its exact name where a spreadsheet broke the number. */
export function companyIn(
  line: Said,
  { companies, own }: Pick<Around, 'companies' | 'own'>,
): Company | undefined {
  const said = parseSiret(padded(line.siret))
  if (own) return !line.siret || (said && said.slice(0, 9) === sirenOf(own)) ? own : undefined
  if (!said) {
    const named = companies.filter(({ name }) => fold(name) === fold(line.company ?? ''))
    return named.length === 1 ? named[0] : undefined
  }
  const sameSiren = companies.filter((one) => sirenOf(one) === said.slice(0, 9))
  return companies.find((one) => one.siret === said) ?? (sameSiren[1] ? undefined : sameSiren[0])
}

function sirenOf({ siren, siret }: Company): string | undefined {
  return siren ?? siret?.slice(0, 9)
}

/** Spreadsheets take the zeros at the head of a SIRET away. */
export function padded(siret = ''): string {
  return /^\d{11,13}$/.test(siret) ? siret.padStart(14, '0') : siret
}

function whyNoCompany({ siret }: Said, { own }: Around): Refusal {
  const isSiret = parseSiret(padded(siret)) !== undefined
  const why = own ? 'otherCompany' : isSiret ? 'unknownCompany' : 'siret'
  return refusal(`pledge-files:refused.${why}`, { field: 'siret' })
}

/** What the file leaves out is what the form proposes: the whole season, half a day at a time. */
function answersOf(said: Said, { family, campaign }: { family: string; campaign: Campaign }) {
  const answers: Typed = {
    [`hours-${family}`]: hoursIn(said.hours ?? '0'),
    block: hoursIn(said.block ?? '3 h 30'),
    modality: modalityIn(said.modality ?? '') ?? '',
    startsOn: said.startsOn ? dayIn(said.startsOn) : campaign.startsOn,
    endsOn: said.endsOn ? dayIn(said.endsOn) : campaign.endsOn,
    missionsMax: said.missionsMax ?? '',
    sites: said.sites ?? '',
    employeesMax: said.employeesMax ?? '',
  }
  return answers
}

/** By what is promised, not by how it was typed: `3,5` and `3 h 30` are one promise. */
function keyOf(company: Company, answers: Typed, promising: Promising): string {
  const [promised] = promisesIn(promising)
  const { sites = '', employeesMax = '' } = answers
  return digestOf({
    company: company.id,
    family: promised?.family ?? '',
    minutes: String(promised?.pledgedMinutes),
    block: String(promised?.blockMinutes),
    missionsMax: String(promised?.missionsMax ?? ''),
    modality: promised?.modality ?? '',
    period: [promised?.startsOn ?? '', promised?.endsOn ?? ''],
    sites,
    employeesMax,
  })
}
