import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

/** The files of texts/ as they are written, by language and room. A bundle holds those it needs instead: bin/bundle.mjs. */
export const textFiles = { fr: filesOf('fr'), en: filesOf('en') }

function filesOf(language: string): Record<string, string> {
  const folder = join(root, 'texts', language)
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      file.replace('.json', ''),
      readFileSync(join(folder, file), 'utf8'),
    ]),
  )
}
