import { isRefused, newId, type Refused, refusal } from '#kit'
import type { Place } from '#people'
import { type Typed, writable } from '#platform'
import { ownApplicationToWrite } from '../../access.ts'
import { refusalsForChange } from '../../actions.ts'
import { saveAsTyped } from '../../draft-merge.ts'
import { knownProject, type SectionName, sections } from '../../draft-sections.ts'
import { authorsOf } from '../../draft-store.ts'
import { ROWS_MAX, typedMoney } from '../../forms.ts'
import { baseOf } from '../../merge.ts'
import { cerfaSections, isCerfaSection } from '../fields.ts'
import { typedSection, type WholeFile } from '../file.ts'
import { wholeFile } from '../load.ts'

/** What became of a file that was read in, by the names of the answers. */
export type ImportReport = {
  keptCount: number
  /** Answered already by somebody of the association: theirs stays. */
  left: string[]
  /** Answers that cannot be what they say. */
  unread: string[]
  /** Keys that METIS does not know. */
  unknown: string[]
}

/** Fills a draft from a file of the exchange shape; never over what a person has written. */
export async function importFile(
  place: Place,
  id: string,
  text: string,
): Promise<ImportReport | Refused> {
  const application = await ownApplicationToWrite(place, id)
  const refusals = refusalsForChange(application)
  if (refusals.length > 0) return { refusals }
  const content = objectIn(text)
  if (!content) return { refusals: [refusal('cerfa:refused.notJson', { field: 'file' })] }
  const { parts, unread, unknown } = partsIn(content)
  if (parts.length === 0)
    return { refusals: [refusal('cerfa:refused.notCerfa', { field: 'file' })] }
  const report: ImportReport = { keptCount: 0, left: [], unread, unknown }
  for (const { section, typed } of parts) await keepPart(place, id, { section, typed, report })
  return report
}

type Part = { section: SectionName; typed: Typed }

async function keepPart(
  place: Place,
  id: string,
  { section, typed, report }: Part & { report: ImportReport },
): Promise<void> {
  const file = await wholeFile(place.tx, await ownApplicationToWrite(place, id))
  if (section === 'needs' && file.needs.length > 0) {
    report.left.push('hours')
    return
  }
  const authors = await authorsOf(place.tx, { territoryId: place.territory.id, id })
  // What nobody wrote gives way; what somebody wrote counts as changed since.
  const open = Object.entries(knownIn(file, section)).filter(([name]) => !authors.has(name))
  const base = JSON.stringify(baseOf(Object.fromEntries(open)))
  const form = { section: sections[section], typed: { ...typed, base } }
  const merge = await saveAsTyped(place, id, form)
  if (isRefused(merge)) return
  const refused = merge.unreadable.flatMap(({ field }) => field ?? [])
  report.keptCount += merge.kept.filter((name) => !refused.includes(name)).length
  report.left.push(...merge.conflicts.map(({ field }) => field))
  report.unread.push(...refused)
}

function knownIn(file: WholeFile, section: SectionName): Typed {
  if (section === 'project') return knownProject(file)
  if (section === 'money') return typedMoney(file)
  return isCerfaSection(section) ? typedSection(file.cerfa, section) : {}
}

function partsIn(content: Record<string, unknown>) {
  const parts: Part[] = []
  const unread: string[] = []
  const unknown: string[] = []
  for (const [key, value] of Object.entries(content)) {
    if (heads.includes(key)) continue
    const section = key === 'hours' ? 'needs' : sectionNamed(key)
    if (!section) unknown.push(key)
    else if (section === 'needs') parts.push({ section, typed: typedHours(value, unread) })
    else if (!isRecord(value)) unread.push(key)
    else parts.push({ section, typed: typedPart(section, value, { unread, unknown }) })
  }
  return { parts: parts.filter(({ typed }) => Object.keys(typed).length > 0), unread, unknown }
}

/** What says which file it is, and of which past deposit: nothing to fill in. */
const heads = ['format', 'form', 'deposit', '$schema']

function sectionNamed(key: string): SectionName | undefined {
  return ([...cerfaSections, 'project', 'money'] as const).find((section) => section === key)
}

const moneyNames: Record<string, string> = {
  asked: 'askedCents',
  useful: 'usefulCents',
  budgetCharges: 'budgetChargesCents',
  budgetProducts: 'budgetProductsCents',
  cashFallback: 'cashFallback',
}

function typedPart(
  section: SectionName,
  value: Record<string, unknown>,
  { unread, unknown }: { unread: string[]; unknown: string[] },
): Typed {
  const names = new Set(namesOf(section))
  const typed: Typed = {}
  for (const [key, given] of Object.entries(value)) {
    const name = section === 'money' ? moneyNames[key] : key
    const words = wordsIn(given)
    if (!name || !names.has(name)) unknown.push(`${section}.${key}`)
    else if (words === undefined) unread.push(name)
    else typed[name] = words
  }
  return typed
}

function namesOf(section: SectionName): string[] {
  if (section === 'project') return ['projectTitle', 'projectSummary', 'beneficiaries']
  if (section === 'money') return Object.values(moneyNames)
  return isCerfaSection(section)
    ? Object.keys(typedSection({ form: {}, known: {}, checks: [] }, section))
    : []
}

function typedHours(value: unknown, unread: string[]): Typed {
  const rows = Array.isArray(value) ? value.filter(isRecord).slice(0, ROWS_MAX) : []
  if (rows.length === 0) unread.push('hours')
  const pairs = rows.flatMap((row, index) => [
    [`need${index + 1}-id`, newId()],
    ...Object.entries(row).map(([name, given]) => [
      `need${index + 1}-${name}`,
      wordsIn(given) ?? '',
    ]),
  ])
  return Object.fromEntries(pairs)
}

/** As a person would have typed it. */
function wordsIn(value: unknown): string | undefined {
  if (typeof value === 'string') return writable(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return String(value).replace('.', ',')
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return isRecord(content) ? content : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
