// One plain JavaScript file out of TypeScript sources: for a browser, and for commands that must start at once.
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'node_modules', '.cache', 'metis')
// Node 20 has all that is used but this.
const groupBy =
  'Map.groupBy??=(all,of)=>{const m=new Map;for(const o of all){const k=of(o);m.has(k)?m.get(k).push(o):m.set(k,[o])}return m};'
// Pure JavaScript, taken in; any other package stays outside, and is not even loaded when nothing needs it.
const takenIn = /^(csv-parse|hono\/(jsx|html))(\/|$)/

/** The path of the bundle of this entry, made anew when a source has changed; it speaks these languages. */
export async function bundled(entry, platform, languages = ['fr', 'en']) {
  const name = [basename(entry).replace(/\.\w+$/, ''), platform, ...languages].join('-')
  const record = join(folder, `${name}.json`)
  return fresh(record) ?? (await build(entry, platform, { name, record, languages }))
}

/** Sizes and times of the sources say whether the last bundle still stands. */
function fresh(record) {
  try {
    const { file, sources } = JSON.parse(readFileSync(record, 'utf8'))
    statSync(file)
    return sources.every(([path, stamp]) => stampOf(path) === stamp) ? file : undefined
  } catch {
    return undefined
  }
}

function stampOf(path) {
  const { size, mtimeMs } = statSync(join(root, path))
  return `${size} ${mtimeMs}`
}

async function build(entry, platform, { name, record, languages }) {
  const { build: esbuild } = await import('esbuild')
  const { createHash } = await import('node:crypto')
  const { outputFiles, metafile } = await esbuild({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    target: platform === 'node' ? 'node20' : 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    legalComments: 'none',
    banner: { js: groupBy },
    metafile: true,
    write: false,
    plugins: [housePlugin],
  })
  if (platform === 'browser') refuseOutsiders(metafile)
  const text = withTexts(outputFiles[0].text, languages)
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  const file = join(folder, `${name}-${hash}.mjs`)
  mkdirSync(folder, { recursive: true })
  writeWhole(file, text)
  const own = Object.keys(metafile.inputs).filter((path) => path.startsWith('src/'))
  const texts = languages.flatMap(textFilesOf)
  const paths = [...own, ...texts, 'package-lock.json', 'bin/bundle.mjs']
  const sources = paths.map((path) => [path, stampOf(path)])
  writeWhole(record, JSON.stringify({ file, sources }))
  return file
}

// Taken at its word that nothing of ours works by being loaded, esbuild keeps what is used of a door and no more.
const housePlugin = {
  name: 'house',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /.*/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === housePlugin || from.kind === 'entry-point') return undefined
      // What other rooms load late needs a machine: no bundle carries it.
      if (from.kind === 'dynamic-import' && !/[/\\]allocation[/\\]/.test(from.importer))
        return { path, external: true }
      const isOurs = /^[.#]/.test(path) && !from.importer.includes('node_modules')
      if (!isOurs && !/^[./]/.test(path) && !takenIn.test(path))
        return { path, external: true, sideEffects: false }
      if (!isOurs) return undefined
      const found = await resolve(path, { ...from, pluginData: housePlugin })
      return { ...found, sideEffects: false }
    })
    onLoad({ filter: /platform[/\\]text-files\.ts$/ }, () => ({
      contents: `export const textFiles = ${TEXTS}`,
    }))
  },
}

const TEXTS = 'METIS_TEXTS'

/** The texts that this code names: of `allocation:refused.${code}`, all under `refused`. */
function withTexts(code, languages) {
  const named = [...code.matchAll(/["'`]([a-z-]+):(\w*)/g)].map(([, room, key]) => ({ room, key }))
  const textsOf = (language) =>
    Object.fromEntries(
      textFilesOf(language).flatMap((path) => {
        const room = basename(path, '.json')
        const keys = named.filter((one) => one.room === room).map((one) => one.key)
        const texts = Object.entries(JSON.parse(readFileSync(join(root, path), 'utf8')))
        const kept = texts.filter(([key]) =>
          keys.some((one) => one === '' || one === key || one === key.replace(/_[a-z]+$/, '')),
        )
        return kept.length > 0 ? [[room, JSON.stringify(Object.fromEntries(kept))]] : []
      }),
    )
  const texts = {
    fr: {},
    en: {},
    ...Object.fromEntries(languages.map((one) => [one, textsOf(one)])),
  }
  return code.replace(TEXTS, () => JSON.stringify(texts))
}

function textFilesOf(language) {
  return readdirSync(join(root, 'texts', language)).map((file) => `texts/${language}/${file}`)
}

function refuseOutsiders({ outputs }) {
  const outsiders = Object.values(outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, kind }) => external && kind !== 'dynamic-import')
    .map(({ path }) => path)
  if (outsiders.length > 0) throw new Error(`no browser has ${outsiders.join(', ')}`)
}

/** Two builders at once write the same bytes, and a reader sees all of them or none. */
function writeWhole(file, text) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, file)
}
