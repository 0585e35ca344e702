import type { Cell, Row, Sheet } from './cells.ts'

/** A list of objects, nested or not: the first row holds the paths (`association.name`), one column each. */
export function jsonSheet(name: string, text: string): Sheet | undefined {
  const items = listIn(JSON.parse(text))
  if (!items) return undefined
  const flat = items.map((item) => flatten(item))
  const paths = [...new Set(flat.flatMap((item) => [...item.keys()]))]
  return {
    name,
    rows: async function* () {
      yield { line: 0, cells: paths }
      for (const [rank, item] of flat.entries()) {
        const row: Row = { line: rank + 1, cells: paths.map((path) => item.get(path) ?? null) }
        yield row
      }
    },
  }
}

/** The list itself, or the longest list of objects one or two levels under the top. */
function listIn(value: unknown, depth = 0): object[] | undefined {
  if (Array.isArray(value)) {
    const objects = value.filter((item) => typeof item === 'object' && item !== null)
    return objects.length > 0 ? objects : undefined
  }
  if (typeof value !== 'object' || value === null || depth > 1) return undefined
  return Object.values(value)
    .map((inner) => listIn(inner, depth + 1))
    .filter((list) => list !== undefined)
    .toSorted((a, b) => b.length - a.length)[0]
}

const WRAPPERS = new Set(['properties', 'fields', 'record'])

function flatten(item: object, prefix = '', flat = new Map<string, Cell>()): Map<string, Cell> {
  for (const [key, value] of Object.entries(item)) {
    // GeoJSON and portals wrap each record in one more object, which names nothing.
    const path = prefix && !WRAPPERS.has(prefix) ? `${prefix}.${key}` : key
    if (Array.isArray(value))
      flat.set(path, value.filter((one) => typeof one !== 'object').join(' ; '))
    else if (typeof value === 'object' && value !== null) flatten(value, path, flat)
    else flat.set(path, value === undefined ? null : value)
  }
  return flat
}
