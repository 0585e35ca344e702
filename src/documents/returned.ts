import { PDF, PdfArray, PdfDict, type PdfObject, PdfRef, PdfStream, PdfString } from '@libpdf/core'
import { sealsIn, sha256 } from '#platform'

/**
 * Whether a provider gave back what it was sent, signed and nothing else: our bytes at the head, every
 * signature good and the last one over the whole file, and in what was appended no object of ours
 * written anew, but for those that must name the signature. Answers undefined, or why not.
 */
export async function faultOfReturned(
  sent: Uint8Array,
  returned: Uint8Array,
): Promise<'altered' | 'unsigned' | undefined> {
  const head = Buffer.from(returned.subarray(0, sent.length))
  if (!head.equals(sent)) return 'altered'
  const seals = await sealsIn(returned)
  const last = seals.at(-1)
  const isNew = seals.length > (await sealsIn(sent)).length && last?.endsAt === returned.length
  if (!isNew || seals.some(({ isIntact }) => !isIntact)) return 'unsigned'
  return (await isOnlySigned(sent, returned)) ? undefined : 'altered'
}

// Where a signature is declared: the form of the document, and the annotations of a page.
const mayChange: Record<string, readonly string[]> = {
  Catalog: ['AcroForm', 'DSS', 'Perms', 'Extensions'],
  Page: ['Annots', 'Tabs'],
}

async function isOnlySigned(sent: Uint8Array, returned: Uint8Array): Promise<boolean> {
  try {
    const [before, after] = [await PDF.load(sent), await PDF.load(returned)]
    const form = before.getCatalog().getRef('AcroForm')?.objectNumber
    const count = before.context.registry.nextObjectNumber
    for (let number = 1; number < count; number++) {
      if (number === form) continue
      const [old, now] = [before, after].map((pdf) => pdf.getObject(PdfRef.of(number)))
      if (!isSame(old, now, after)) return false
    }
    return true
  } catch {
    return false
  }
}

function isSame(old: PdfObject | null | undefined, now: PdfObject | null | undefined, in_: PDF) {
  if (textOf(old) === textOf(now)) return true
  if (!(old instanceof PdfDict && now instanceof PdfDict)) return false
  const free = mayChange[old.getName('Type')?.value ?? ''] ?? []
  if (textOf(old, free) !== textOf(now, free)) return false
  return addedAnnotations(old, now, in_).every((one) => isSignatureField(one))
}

/** Notes, stamps and boxes could hide the text: a page may only gain the field of a signature. */
function addedAnnotations(old: PdfDict, now: PdfDict, in_: PDF): (PdfDict | undefined)[] {
  const resolve = (ref: PdfRef) => in_.getObject(ref)
  const known = new Set([...(old.getArray('Annots', resolve) ?? [])].map((one) => textOf(one)))
  return [...(now.getArray('Annots', resolve) ?? [])]
    .filter((one) => !known.has(textOf(one)))
    .map((one) => (one instanceof PdfRef ? in_.getObject(one) : one))
    .map((one) => (one instanceof PdfDict ? one : undefined))
}

function isSignatureField(annotation: PdfDict | undefined): boolean {
  return (
    annotation?.getName('Subtype')?.value === 'Widget' && annotation.getName('FT')?.value === 'Sig'
  )
}

/** Equal texts, equal objects; entries in `without` are left out of the first level. */
function textOf(object: PdfObject | null | undefined, without: readonly string[] = []): string {
  if (!object) return 'null'
  if (object instanceof PdfString) return `(${Buffer.from(object.bytes).toString('hex')})`
  if (object instanceof PdfArray) return `[${[...object].map((one) => textOf(one)).join(' ')}]`
  if (!(object instanceof PdfDict)) return `${object.type} ${plainText(object)}`
  const entries = [...object]
    .filter(([name]) => !without.includes(name.value))
    .map(([name, value]) => `${name.value} ${textOf(value)}`)
    .sort()
  const data = object instanceof PdfStream ? sha256(object.data) : ''
  return `<<${entries.join('\n')}>>${data}`
}

function plainText(object: PdfObject): string {
  return 'value' in object ? String(object.value) : object.toString()
}
