import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#platform'
import { generatedFiles } from '../../src/web/schema-command.ts'

test('what is generated is fresh (if not: npm run schema)', async () => {
  const stale = Object.entries(await generatedFiles())
    .filter(([path, text]) => {
      const file = join(root, path)
      return !existsSync(file) || readFileSync(file, 'utf8') !== text
    })
    .map(([path]) => path)
  expect(stale).toEqual([])
})
