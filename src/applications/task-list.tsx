import type { Refusal } from '#kit'
import type { Place } from '#people'
import { Tag, type TagColor } from '#platform'
import { answerTo, type WholeFile } from './cerfa/file.ts'
import type { FileView } from './file-page.tsx'
import { type TaskState, taskStates } from './progress.ts'
import { type Task, type TaskGroup, taskGroups } from './rules.ts'

/** What the file is made of, in the order in which people think of it, each part with its state. */
export function TaskLists({ view }: { view: FileView }) {
  return (
    <>
      {groups.map((group) => (
        <TaskList view={view} group={group} />
      ))}
    </>
  )
}

const colours: Record<TaskState | 'taken', TagColor> = {
  taken: 'warning',
  done: 'success',
  started: 'warning',
  todo: 'info',
  optional: 'neutral',
}

const groups = Object.keys(taskGroups) as TaskGroup[]

function TaskList({
  view: { place, file, draft, refusals, unread },
  group,
}: {
  view: FileView
  group: TaskGroup
}) {
  const { say } = place
  const states = taskStates(draft, file.pieces.length)
  const stateOf = (task: Task) => (unread.includes(task) ? 'taken' : states[task])
  return (
    <>
      <h2 class="ds-heading" data-size="sm">
        {say(`applications:group.${group}`)}
      </h2>
      <ol class="todo">
        {taskGroups[group].map((task) => (
          <li id={task} class={task === 'needs' ? 'hours' : ''}>
            <div>
              <TaskName task={task} path={file.path} say={say} />
              {refusals
                .filter(({ field }) => field === task)
                .map((refusal) => (
                  <Reason refusal={refusal} task={task} path={file.path} say={say} />
                ))}
              {task === 'identity' && <Identity draft={draft} />}
            </div>
            <Tag color={colours[stateOf(task)]}>
              {say(`applications:taskState.${stateOf(task)}`)}
            </Tag>
          </li>
        ))}
      </ol>
    </>
  )
}

/** What speaks against the deposit; one press away from the answer that mends it. */
function Reason({
  refusal: { code, values },
  task,
  path,
  say,
}: {
  refusal: Refusal
  task: Task
  path: string
  say: Place['say']
}) {
  const words = say(code, values)
  return (
    <p class="ds-validation-message" data-color="danger">
      {values?.at ? <a href={`${path}/${task}#${values.at}`}>{words}</a> : words}
    </p>
  )
}

function TaskName({ task, path, say }: { task: Task; path: string; say: Place['say'] }) {
  return (
    <a class="ds-link" href={`${path}/${task}`}>
      {say(`applications:task.${task}`)}
    </a>
  )
}

// CRPA art. L.114-8: what a register already says is not asked again.
function Identity({ draft: { cerfa } }: { draft: WholeFile }) {
  const [name, rna, siret, address] = ['legalName', 'rna', 'siret', 'seatAddress'].map((field) =>
    answerTo(cerfa, field),
  )
  const known = [name, rna && `RNA ${rna}`, siret && `SIRET ${siret}`, address].filter(Boolean)
  return <p class="hint">{known.join(' · ')}</p>
}
