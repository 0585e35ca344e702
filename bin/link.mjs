// `npx metis …` inside the project: npm links the programs of dependencies, not one's own.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'node_modules', '.bin')
const link = join(folder, 'metis')
mkdirSync(folder, { recursive: true })
rmSync(link, { force: true })
chmodSync(join(root, 'bin', 'metis.mjs'), 0o755)
if (process.platform === 'win32')
  writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\metis.mjs" %*\r\n')
else symlinkSync('../../bin/metis.mjs', link)
