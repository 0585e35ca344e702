import type { Say } from '#platform'
import { accounts, lineOf } from './budget.ts'
import { fieldNamed } from './fields.ts'

/** The label of an answer wherever it is named; a person's or an approval's says whose. */
export function cerfaLabel(say: Say, name: string): string {
  const line = lineOf(name)
  if (line)
    return `${say(`applications:task.${sectionOf(name)}`)} — ${say(`cerfa:line.${line.line}`)}`
  const group = fieldNamed(name)?.field.group
  const label = fieldLabel(say, name)
  return group && isRepeated(group) ? `${groupLabel(say, group)} — ${label}` : label
}

/** The label beside its field: its frame says the rest. */
export function fieldLabel(say: Say, name: string): string {
  const line = lineOf(name)
  return line ? say(`cerfa:line.${line.line}`) : say(`cerfa:field.${shared(name)}`)
}

export function groupLabel(say: Say, group: string): string {
  const rank = /^approval(\d)$/.exec(group)?.[1]
  return rank ? say('cerfa:approval', { rank }) : say(`cerfa:group.${group}`)
}

/** An answer in words: a choice is not its code. */
export function cerfaWords(say: Say, name: string, value: string): string {
  const kind = fieldNamed(name)?.field.kind
  if (kind === 'choice')
    return value === 'yes' || value === 'no'
      ? say(`cerfa:${value}`)
      : say(`cerfa:choice.${name}.${value}`)
  return kind === 'cents' ? `${value} €` : value
}

export function accountLabel(say: Say, code: string): string {
  return say(`cerfa:account.${code}`)
}

/** An account of a single line is its line. */
export function isSingle(code: string): boolean {
  return accounts.some((account) => account.code === code && account.lines.length === 1)
}

/** Both people of the form are asked the same; so are the three approvals. */
function shared(name: string): string {
  return name
    .replace(/^(?:representative|contact)(?=[A-Z])/, 'person')
    .replace(/^approval\d/, 'approval')
}

function isRepeated(group: string): boolean {
  return /^(?:representative|contact|seat|postal|approval\d)$/.test(group)
}

function sectionOf(name: string): string {
  return fieldNamed(name)?.section ?? ''
}
