import type { Author } from './draft-store.ts'
import { amounts } from './forms.ts'
import type { Application, Task } from './rules.ts'

export type TaskState = 'done' | 'started' | 'todo' | 'optional'

/** How far each part of a draft is: shown as words on the task list. */
export function taskStates(application: Application, piecesCount: number): Record<Task, TaskState> {
  const { association, projectTitle, projectSummary, needs, commitmentSignedAt } = application
  return {
    identity: association.rna || association.siret ? 'done' : 'todo',
    project: stateOf([projectTitle, projectSummary]),
    money: moneyState(application),
    needs: needsState(needs, application),
    pieces: piecesCount > 0 ? 'done' : 'optional',
    commitment: commitmentSignedAt ? 'done' : 'todo',
  }
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
  const needs = application.needs.flatMap(({ id }) => [`${id}-family`, `${id}-deliverable`])
  const answers = {
    project: ['projectTitle', 'projectSummary', 'beneficiaries'],
    money: [...amounts, 'cashFallback'],
    needs,
  }
  return (['project', 'money', 'needs'] as const).filter((task) => answers[task].some(isUnread))
}
