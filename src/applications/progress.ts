import { balanceOf } from './cerfa/balance.ts'
import { type CerfaSection, cerfaSections, fields } from './cerfa/fields.ts'
import { answerTo, type Cerfa, type WholeFile } from './cerfa/file.ts'
import type { Author } from './draft-store.ts'
import { amounts } from './forms.ts'
import type { Application, Task } from './rules.ts'

export type TaskState = 'done' | 'started' | 'todo' | 'optional'

/** How far each part of a draft is: shown as words on the task list. */
export function taskStates(application: WholeFile, piecesCount: number): Record<Task, TaskState> {
  const { projectTitle, projectSummary, needs, commitmentSignedAt, cerfa } = application
  const hasNumber = ['rna', 'siret'].some((name) => answerTo(cerfa, name))
  return {
    ...formStates(cerfa),
    identity: hasNumber ? 'done' : 'todo',
    project: stateOf([projectTitle, projectSummary]),
    money: moneyState(application),
    needs: needsState(needs, application),
    pieces: piecesCount > 0 ? 'done' : 'optional',
    commitment: commitmentSignedAt ? 'done' : 'todo',
  }
}

/** Nothing of the form is compulsory: a part is begun, or it is there if needed. */
function formStates(cerfa: Cerfa): Record<CerfaSection, TaskState> {
  const states = cerfaSections.map((section) => [section, formState(cerfa, section)])
  return Object.fromEntries(states) as Record<CerfaSection, TaskState>
}

function formState({ form }: Cerfa, section: CerfaSection): TaskState {
  const answers = form[section]
  const isFilled = fields[section].some(({ name }) => answers?.[name] != null)
  if (!isFilled) return 'optional'
  const budget = section === 'budget' ? 'association' : 'project'
  const balance = balanceOf(budget, answers)
  if (section !== 'budget' && section !== 'project-budget') return 'done'
  if (!balance) return 'started'
  const { charges, products } = balance
  const isEven = charges.total === products.total && charges.inKind === products.inKind
  return isEven ? 'done' : 'started'
}

function moneyState(application: Application): TaskState {
  const { askedCents, budgetChargesCents, budgetProductsCents, needs } = application
  const known = [askedCents, budgetChargesCents, budgetProductsCents]
  if (known.every((value) => value === null) && needs.length > 0) return 'optional'
  const isBalanced = budgetChargesCents === budgetProductsCents
  const state = stateOf(known.map((value) => (value === null ? '' : 'known')))
  return state === 'done' && !isBalanced ? 'started' : state
}

function needsState(needs: Application['needs'], { askedCents }: Application): TaskState {
  if (needs.length === 0) return askedCents ? 'optional' : 'todo'
  const isWhole = needs.every(
    (need) =>
      need.family &&
      need.minMinutes &&
      need.maxMinutes &&
      need.deliverable &&
      need.startsOn &&
      need.endsOn,
  )
  return isWhole ? 'done' : 'started'
}

function stateOf(answers: string[]): TaskState {
  if (answers.every((answer) => answer !== '')) return 'done'
  return answers.some((answer) => answer !== '') ? 'started' : 'todo'
}

/** The parts that came from an earlier file and that nobody has read since. */
export function unreadTasks(application: Application, authors: Map<string, Author>): Task[] {
  const isUnread = (answer: string) => {
    const author = authors.get(answer)
    return author?.takenFrom !== undefined && !author.isConfirmed
  }
  const unreadParts = cerfaSections.filter((section) =>
    fields[section].some(({ name }) => isUnread(name)),
  )
  const needs = application.needs.flatMap(({ id }) => [`${id}-family`, `${id}-deliverable`])
  const answers = {
    project: ['projectTitle', 'projectSummary', 'beneficiaries'],
    money: [...amounts, 'cashFallback'],
    needs,
  }
  const unread = (['project', 'money', 'needs'] as const).filter((task) =>
    answers[task].some(isUnread),
  )
  return [...unreadParts, ...unread]
}
