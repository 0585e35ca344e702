import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Refused, refusal } from '#kit'
import { type Problem, readProblem } from '../engine/index.ts'
import { lineOfBreak } from './json-break.ts'

// Ten times the largest season; beyond, a text no longer fits in memory.
const MEGABYTES_MAX = 256

/** The problem in a JSON file, or in a folder of tables: sound, or refused in sentences that name file and line. */
export async function readProblemFile(
  path: string,
  { cashUnitCents }: { cashUnitCents: number },
): Promise<Problem | Refused> {
  const entry = await stat(path).catch(() => undefined)
  if (entry?.isDirectory()) return readTables(path, cashUnitCents)
  const text = await textIn(path, entry?.size ?? 0)
  if (typeof text !== 'string') return text
  try {
    return readProblem(JSON.parse(text))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return refused('notJson', { file: path, line: lineOfBreak(text) })
  }
}

async function readTables(folder: string, cashUnitCents: number): Promise<Problem | Refused> {
  const { problemOfTables, tableNames } = await import('./tables.ts')
  const names = (await readdir(folder)).filter((name) => tableNames.includes(name))
  const files = []
  for (const name of names) {
    const path = join(folder, name)
    const text = await textIn(path, (await stat(path)).size)
    if (typeof text !== 'string') return text
    files.push({ name, text })
  }
  return problemOfTables(files, cashUnitCents)
}

async function textIn(file: string, bytes: number): Promise<string | Refused> {
  if (bytes > MEGABYTES_MAX * 2 ** 20) return refused('fileTooBig', { file, most: MEGABYTES_MAX })
  const content = await readFile(file).catch(() => undefined)
  return content ? decoded(content) : refused('noFile', { file })
}

/** A spreadsheet in France may still write Windows-1252. */
function decoded(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return new TextDecoder('windows-1252').decode(content)
  }
}

function refused(code: string, values: Record<string, string | number>): Refused {
  return { refusals: [refusal(`allocation:refused.${code}`, values)] }
}
