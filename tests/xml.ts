/**
 * The names of the elements of an XML text, in order. Throws where it is not well formed: tags that
 * cross, a bare sign, an attribute twice. Enough for what METIS writes; no document type.
 */
export function elementsOf(xml: string): string[] {
  const names: string[] = []
  const open: string[] = []
  let at = 0
  for (const { index, 0: tag } of xml.matchAll(/<[^>]*>/g)) {
    checkText(xml.slice(at, index))
    at = index + tag.length
    if (tag.startsWith('<?xml') && index === 0) continue
    const closing = /^<\/([\w:.-]+)\s*>$/.exec(tag)?.[1]
    if (closing !== undefined) {
      if (open.pop() !== closing) throw new Error(`${tag} closes nothing that is open`)
      continue
    }
    const name = /^<([\w:.-]+)/.exec(tag)?.[1]
    if (name === undefined) throw new Error(`${tag} is no tag`)
    checkAttributes(tag.slice(name.length + 1, tag.endsWith('/>') ? -2 : -1))
    names.push(name)
    if (!tag.endsWith('/>')) open.push(name)
  }
  checkText(xml.slice(at))
  if (open.length > 0) throw new Error(`${open.join(', ')} not closed`)
  return names
}

function checkText(text: string): void {
  if (/[<>]|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(text))
    throw new Error(`a bare sign in: ${text.slice(0, 80)}`)
}

function checkAttributes(text: string): void {
  const pairs = [...text.matchAll(/\s+([\w:.-]+)="([^"<]*)"/g)]
  if (pairs.map(([whole]) => whole).join('') !== text.trimEnd())
    throw new Error(`attributes that cannot be read: ${text}`)
  const names = pairs.map(([, name]) => name)
  if (new Set(names).size < names.length) throw new Error(`an attribute twice: ${text}`)
  for (const [, , value = ''] of pairs) checkText(value)
}
