import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '#platform'

export type SourceFile = { path: string; text: string }

/** Every file of these folders, by its path from the root, in order. */
export function filesUnder(folders: string[], endings: RegExp): SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && endings.test(entry.name))
        .map((entry) => relative(root, join(entry.parentPath, entry.name))),
    )
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

export const sourceFiles = filesUnder(['src'], /\.tsx?$/)

/** The room of a file of src, or undefined for rooms.ts itself. */
export function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1]
}

export type Import = { from: string; typesOnly: boolean; names: string[] }

/** What a file imports: static, re-exported, dynamic. */
export function importsOf(text: string): Import[] {
  const statics = text.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm,
  )
  const dynamics = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)
  return [
    ...[...statics].map(([all, type, from = '']) => {
      const names = namesOf(all)
      const values = names.filter((name) => !name.startsWith('type '))
      return { from, names: values, typesOnly: type !== undefined || isAllTypes(names) }
    }),
    ...[...dynamics].map(([, from = '']) => ({ from, names: [], typesOnly: false })),
  ]
}

function namesOf(statement: string): string[] {
  const names = /\{([^}]*)\}/.exec(statement)?.[1]?.split(',') ?? []
  return names.map((name) => name.trim()).filter(Boolean)
}

function isAllTypes(names: string[]): boolean {
  return names.length > 0 && names.every((name) => name.startsWith('type '))
}

/** Comments blanked, texts kept. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, (part) => part.replace(/[^\n]/g, ' '))
}

/** Source with comments and the insides of strings blanked: what the compiler reads. */
export function codeOf(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g,
    (part) => part.replace(/[^\n]/g, ' '),
  )
}
