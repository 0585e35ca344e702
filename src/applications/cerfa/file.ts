import type { Application } from '../rules.ts'
import { type Answers, type Form, typedValue, type Value } from './answers.ts'
import { type CerfaSection, type Field, fieldNamed, fields } from './fields.ts'
import type { RegistryCheck, RegistrySource } from './registry/registry.ts'

/** A value that nobody typed: from a public register at that moment, or from the association's own card in METIS. */
export type Known = { source: RegistrySource | 'metis'; value: string; at: Date | undefined }

export type Cerfa = {
  form: Form
  /** What is known of an answer elsewhere, the best source first. */
  known: Record<string, Known[]>
  checks: RegistryCheck[]
}

/** A file with every part of its form. */
export type WholeFile = Application & { cerfa: Cerfa }

/** The answer as it counts: what a person said, even a blank, before what registers say. */
export function answerTo({ form, known }: Cerfa, name: string): Value | undefined {
  const found = fieldNamed(name)
  const said = found && form[found.section]?.[name]
  return said === undefined ? known[name]?.[0]?.value : said
}

/** A part of the form as its page shows it. */
export function typedSection(cerfa: Cerfa, section: CerfaSection): Record<string, string> {
  return Object.fromEntries(fields[section].map((field) => [field.name, typedAnswer(cerfa, field)]))
}

export function typedAnswer(cerfa: Cerfa, field: Field): string {
  return typedValue(field, answerTo(cerfa, field.name))
}

/** What of these answers is a person's own: a register's value left as it was stays the register's. */
export function ownAnswers(cerfa: Cerfa, section: CerfaSection, answers: Answers): Answers {
  const before = cerfa.form[section] ?? {}
  const own = Object.entries(answers).filter(([name, value]) => {
    const [best] = cerfa.known[name] ?? []
    if (before[name] !== undefined && best) return true
    return value !== (best?.value ?? null)
  })
  return Object.fromEntries(own)
}

/** The parts of which registers speak. */
const heardOf = ['identity', 'relations'] as const

/** These parts written out as they count now, blanks too: a register that answers later changes nothing. */
export function settledParts(cerfa: Cerfa): { section: CerfaSection; answers: Answers }[] {
  return heardOf.map((section) => {
    const answers = fields[section].map(({ name }) => [name, answerTo(cerfa, name) ?? null])
    return { section, answers: Object.fromEntries(answers) as Answers }
  })
}

/** Of two registers, the one that looks after the value. */
const first: Record<string, RegistrySource> = {
  siret: 'companies',
  seatAddress: 'companies',
  seatPostcode: 'companies',
  seatTown: 'companies',
}

export function knownFrom(
  { association }: Application,
  checks: RegistryCheck[],
): Record<string, Known[]> {
  const known: Record<string, Known[]> = {}
  const add = (name: string, one: Known) => {
    const others = known[name] ?? []
    const isAhead = one.source !== 'metis' && one.source === (first[name] ?? 'associations')
    known[name] = isAhead ? [one, ...others] : [...others, one]
  }
  for (const { source, given, at } of latestFound(checks))
    for (const [name, value] of Object.entries(given)) add(name, { source, value, at })
  const card = {
    legalName: association.name,
    rna: association.rna,
    siret: association.siret,
    seatAddress: association.address,
    purpose: association.purpose,
  }
  for (const [name, value] of Object.entries(card))
    if (value) add(name, { source: 'metis', value, at: undefined })
  return known
}

function latestFound(checks: RegistryCheck[]) {
  const found = checks.flatMap(({ answers }) =>
    answers.filter(({ outcome }) => outcome === 'found'),
  )
  // Checks come the latest first.
  return (['companies', 'associations'] as const).flatMap(
    (source) => found.find((answer) => answer.source === source) ?? [],
  )
}
