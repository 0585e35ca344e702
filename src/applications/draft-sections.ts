import { isId, isRefused, parseEuros, parseHours, type Refused } from '#kit'
import type { Typed } from '#platform'
import type { DraftInput } from './actions.ts'
import { projectTotals } from './cerfa/balance.ts'
import { cerfaSections } from './cerfa/fields.ts'
import type { WholeFile } from './cerfa/file.ts'
import { cerfaDraftSections } from './cerfa/sections.ts'
import { needField } from './draft.ts'
import {
  amounts,
  needFieldNames,
  readMoney,
  readNeeds,
  readProject,
  rowsIn,
  typedEuros,
  typedHours,
  typedMoney,
  typedNeed,
  words,
} from './forms.ts'
import { type Base, baseOf, digestOfText, readBase, type Sides } from './merge.ts'
import type { Application } from './rules.ts'

export const sectionNames = ['project', 'money', 'needs', ...cerfaSections] as const
export type SectionName = (typeof sectionNames)[number]

/** A form of the draft that two hands may fill in at once. */
export type Section = {
  name: SectionName
  /** The form as opened, as sent and as the file stands, under the same names. */
  sides: (application: WholeFile, typed: Typed) => Sides
  read: (merged: Typed, file: { application: WholeFile; typed: Typed }) => DraftInput | Refused
  /** The name of an answer, whatever the row in which a form shows it. */
  answerOf: (field: string, file: { application: Application; typed: Typed }) => string
}

const project: Section = {
  name: 'project',
  sides: (application, typed) => sidesOf(knownProject(application), typed),
  read: (merged) => readProject(merged),
  answerOf: (field) => field,
}

const money: Section = {
  name: 'money',
  sides: (application, typed) => sidesOf(askedMoney(application), typed),
  read: (merged) => readMoney(merged),
  answerOf: (field) => field,
}

/** The lines of the project's budget say its totals: a form opened before they were typed does not. */
function askedMoney(application: WholeFile): Typed {
  const known = typedMoney(application)
  if (!projectTotals(application.cerfa.form)) return known
  const { budgetChargesCents: _, budgetProductsCents: __, ...asked } = known
  return asked
}

const needs: Section = {
  name: 'needs',
  sides: (application, typed) => {
    const rows = Array.from({ length: rowsIn(typed) }, (_, index) =>
      sidesOfRow(application, typed, index + 1),
    )
    return {
      base: Object.assign({}, ...rows.map(({ base }) => base)),
      mine: Object.assign({}, ...rows.map(({ mine }) => mine)),
      theirs: Object.assign({}, ...rows.map(({ theirs }) => theirs)),
    }
  },
  read: (merged, file) => {
    const ids = idsOf(file)
    const named = Object.fromEntries(ids.map((id, index) => [needField(index + 1, 'id'), id ?? '']))
    const read = readNeeds({ ...merged, ...named })
    if (isRefused(read)) return read
    // What others added since the form was opened is not in it: it stays.
    return { needs: [...read, ...file.application.needs.filter(({ id }) => !ids.includes(id))] }
  },
  answerOf: (field, file) => {
    const [, row, name] = /^need(\d)-(\w+)$/.exec(field) ?? []
    const id = row && idsOf(file)[Number(row) - 1]
    return id ? `${id}-${name}` : field
  },
}

export const sections: Record<SectionName, Section> = {
  project,
  money,
  needs,
  ...cerfaDraftSections,
}

/** The answers of the project as a form shows them. */
export function knownProject(application: Application): Typed {
  const { projectTitle, projectSummary, beneficiaries } = application
  return { projectTitle, projectSummary, beneficiaries }
}

/** The needs that others added since this form was opened. */
export function needsBeside(application: Application, typed: Typed) {
  const ids = idsOf({ application, typed })
  return application.needs.filter(({ id }) => !ids.includes(id))
}

function sidesOf(known: Typed, typed: Typed): Sides {
  const shown = Object.keys(known).filter((field) => typed[field] !== undefined)
  const pairs = (of: Typed) => shown.map((field) => [field, canonical(field, of)])
  return {
    base: readBase(typed.base),
    mine: Object.fromEntries(pairs(typed)),
    theirs: Object.fromEntries(pairs(known)),
  }
}

/** The need of each row of the form, empty for a new one; a form that names none means them in their order. */
function idsOf({ application, typed }: { application: Application; typed: Typed }) {
  const named = new Set<string>()
  return Array.from({ length: rowsIn(typed) }, (_, index) => {
    const said = typed[needField(index + 1, 'id')]
    if (said === undefined) return application.needs[index]?.id
    if (!isId(said) || named.has(said)) return ''
    named.add(said)
    return said
  })
}

function sidesOfRow(application: Application, typed: Typed, row: number): Sides {
  const names = needFieldNames.map((name) => needField(row, name))
  const id = idsOf({ application, typed })[row - 1]
  const need = application.needs.find((known) => known.id === id)
  const { id: _, ...theirs } = unprefixed(typedNeed(need, row), row)
  const whole: Sides = {
    base: readBase(typed.base),
    mine: Object.fromEntries(names.map((name) => [name, rowAnswer(typed, row, name)])),
    theirs: Object.fromEntries(
      needFieldNames.map((name) => [needField(row, name), theirs[name] ?? '']),
    ),
  }
  return rowAsWhole(whole, names)
}

function unprefixed(typed: Typed, row: number): Typed {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name.replace(`need${row}-`, ''), value]),
  )
}

/** A need goes or stays as a whole: removed by one and changed by the other, the change wins. */
function rowAsWhole(sides: Sides, names: string[]): Sides {
  const { base, mine, theirs } = sides
  const isBlank = (typed: Typed) => names.every((name) => !typed[name])
  const isChanged = (typed: Typed) =>
    names.some((name) => digestOfText(typed[name] ?? '') !== (base[name] ?? digestOfText('')))
  if (isBlank(theirs) && isChanged(mine) && !isBlank(mine)) return { ...sides, base: {} }
  if (isBlank(mine) && isChanged(theirs)) return { ...sides, base: baseOf(mine) }
  return { ...sides, base: only(base, names) }
}

function only(base: Base, names: string[]): Base {
  return Object.fromEntries(Object.entries(base).filter(([name]) => names.includes(name)))
}

/** A row without a word of its own is no need, whatever period the form proposed for it. */
function rowAnswer(typed: Typed, row: number, field: string): string {
  const own = ['family', 'hoursMin', 'hoursMax', 'deliverable']
  return own.some((name) => words(typed, needField(row, name))) ? canonical(field, typed) : ''
}

/** An answer as the file would show it: `1 500,5` and `1500,50` are the same. */
function canonical(field: string, typed: Typed): string {
  const text = words(typed, field)
  const isEuros = amounts.some((amount) => amount === field)
  const euros = isEuros && text !== '' ? parseEuros(text) : undefined
  if (euros !== undefined) return typedEuros(euros)
  const hours = /-hours(?:Min|Max)$/.test(field) && text !== '' ? parseHours(text) : undefined
  return hours === undefined ? text : typedHours(hours)
}
