import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { sha256 } from './digest.ts'
import { root } from './root.ts'
import { type Language, languages } from './texts.ts'

const require = createRequire(import.meta.url)
const fontFolder = join(
  require.resolve('@fontsource-variable/source-sans-3/package.json'),
  '..',
  'files',
)

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Every file a page may load, read once: the address carries the digest, so it can be kept for ever. */
type File = { body: Buffer; type: string }
const files = new Map<string, File>()
const addresses = new Map<string, string>()

add('font.woff2', readFileSync(join(fontFolder, 'source-sans-3-latin-wght-normal.woff2')))
add('mark.svg', readFileSync(join(root, 'public', 'mark.svg')))
add('metis.js', readFileSync(join(root, 'public', 'metis.js')))
add('budget.js', readFileSync(join(root, 'public', 'budget.js')))
add('draft.js', readFileSync(join(root, 'public', 'draft.js')))
add('hours.js', readFileSync(join(root, 'public', 'hours.js')))
add('hours-worker.js', readFileSync(join(root, 'public', 'hours-worker.js')))
add('metis.css', Buffer.from(styleSheet()))

export function asset(name: string): string {
  const address = addresses.get(name)
  if (!address) throw new Error(`no such asset: ${name}`)
  return address
}

/** Another process may have shown the page: what is bundled here is bundled before it is said to be missing. */
export async function readAsset(address: string): Promise<File | undefined> {
  const isBundle = bundles.has(address.split('/').at(-1) ?? '')
  if (isBundle && !files.has(address)) await Promise.all([...bundles.keys()].map(bundle))
  return files.get(address)
}

type Bundle = { entry: string; speaks: readonly Language[]; made?: Promise<string> }
const workerEntry = 'src/allocation/browser/allocation-worker.tsx'
/** What of the engine runs in browsers: its source, and the languages it speaks. */
const bundles = new Map<string, Bundle>([
  ['allocation-live.js', { entry: 'src/allocation/browser/allocation-live.ts', speaks: [] }],
  ...languages.map(
    (one) => [`allocation-worker.${one}.js`, { entry: workerEntry, speaks: [one] }] as const,
  ),
])

/** The address of a bundle, made when it is first asked for. */
export function bundle(name: string): Promise<string> {
  const known = bundles.get(name)
  if (!known) throw new Error(`no such bundle: ${name}`)
  known.made ??= makeBundle(name, known)
  return known.made
}

async function makeBundle(name: string, { entry, speaks }: Bundle) {
  const { bundled } = await bundler()
  add(name, readFileSync(await bundled(entry, 'browser', speaks)))
  return asset(name)
}

/** What makes one plain file of our sources, for a browser or for a thread. */
export function bundler(): Promise<Bundler> {
  return import(join(root, 'bin', 'bundle.mjs'))
}
type Bundler = {
  bundled: (entry: string, platform: string, speaks?: readonly string[]) => Promise<string>
}

function add(name: string, body: Buffer): void {
  const address = `/assets/${sha256(body).slice(0, 12)}/${name}`
  files.set(address, { body, type: types[extname(name)] ?? 'application/octet-stream' })
  addresses.set(name, address)
}

/** One sheet: design system, our colours, the font, then our own layer. */
function styleSheet(): string {
  const designSystem = readFileSync(require.resolve('@digdir/designsystemet-css'), 'utf8')
  const theme = readFileSync(join(root, 'public', 'theme.css'), 'utf8')
  const own = readFileSync(join(root, 'public', 'metis.css'), 'utf8')
  const face = `@font-face{font-family:"Source Sans 3 Variable";src:url("${asset('font.woff2')}") format("woff2");font-weight:200 900;font-display:swap}`
  return [designSystem, theme, face, own].join('\n')
}
