import { fold } from '#territory'

/**
 * The sites that a company wrote in one field, each once. Commas part them unless a figure shows an
 * address, whose own commas would make several sites of one.
 */
export function siteNames(text: string): string[] {
  const isAddress = /\d/.test(text)
  const names = text.split(isAddress ? /[;\n]/ : /[;,\n]/).map((name) => name.trim())
  return [...new Map(names.filter((name) => name).map((name) => [fold(name), name])).values()]
}
