import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'
import { lawPage } from './page.ts'

writeFileSync(join(root, 'docs', 'law.md'), lawPage())
