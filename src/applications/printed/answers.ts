import type { FormBlock, FormFact } from '#documents'
import { formatCount, formatDay, parseDay } from '#kit'
import { balanceOf } from '../cerfa/balance.ts'
import { balanceSentence } from '../cerfa/budget-page.tsx'
import { contactField } from '../cerfa/facts.tsx'
import { type CerfaSection, type Field, fields } from '../cerfa/fields.ts'
import { answerTo, typedAnswer } from '../cerfa/file.ts'
import { cerfaWords, fieldLabel, groupLabel } from '../cerfa/words.ts'
import type { ReadFile } from '../facts.tsx'
import { budgetRows } from './budget.ts'

/** A part of the form as it is printed: its answers by group, blank ones too, and its budget. */
export function answerBlocks(file: ReadFile, section: CerfaSection): FormBlock[] {
  const asked = fields[section].filter(({ kind }) => kind !== 'cents')
  const groups = [...new Set(asked.map(({ group }) => group))]
  const blocks = groups.map((group) =>
    groupBlock(
      file,
      group,
      asked.filter((field) => field.group === group),
    ),
  )
  if (section === 'budget') return [...blocks, budgetBlock(file, section)]
  if (section === 'project-budget') return [budgetBlock(file, section), ...blocks]
  return blocks
}

function groupBlock(file: ReadFile, group: string | undefined, asked: Field[]): FormBlock {
  const title = group ? groupLabel(file.say, group) : ''
  const facts = asked.map((field) => factOf(file, field))
  // Nothing said of a whole group is one line, not five.
  const isBlank = group !== undefined && facts.every(({ words }) => words === '')
  return isBlank
    ? { kind: 'facts', title: '', facts: [{ label: title, words: '' }] }
    : { kind: 'facts', title, facts }
}

function factOf(file: ReadFile, field: Field): FormFact {
  const { say, cerfa } = file
  const label = fieldLabel(say, field.name)
  const typed = typedAnswer(cerfa, field)
  if (typed === '') return { label, words: '' }
  if (!file.showsContacts && contactField.test(field.name))
    return { label, words: say('cerfa:printed.contactHidden') }
  return { label, words: wordsOf(file, field, typed) }
}

function wordsOf({ say, cerfa }: ReadFile, field: Field, typed: string): string {
  const day = field.kind === 'day' ? parseDay(typed) : undefined
  if (day) return formatDay(day)
  const value = answerTo(cerfa, field.name)
  if (field.kind === 'count' && typeof value === 'number') return formatCount(value)
  return cerfaWords(say, field.name, typed)
}

function budgetBlock({ say, cerfa }: ReadFile, section: 'budget' | 'project-budget'): FormBlock {
  const budget = section === 'budget' ? 'association' : 'project'
  const answers = cerfa.form[section]
  const balance = balanceOf(budget, answers)
  return {
    kind: 'budget',
    title: '',
    rows: balance ? budgetRows({ say, budget, answers }, balance) : [],
    balance: balance ? balanceSentence(say, 'fr', balance) : say('cerfa:balance.none'),
  }
}
