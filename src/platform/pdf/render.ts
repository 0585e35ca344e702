import { join } from 'node:path'
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler'
import { root } from '../root.ts'
import type { Language } from '../texts.ts'
import { printableJson, withoutUndrawn } from './printable.ts'

export type PdfAttachment = {
  name: string
  description: string
  mimeType: string
  content: string
}

export type PdfRequest = {
  /** A Typst file, named from the source folder: `/documents/templates/gift-receipt.typ`. */
  template: string
  data: unknown
  title: string
  language: Language
  /** Printed in the file as its creation date: the same request always gives the same bytes. */
  createdAt: Date
  attachments?: PdfAttachment[]
}

/**
 * A tagged PDF: PDF/A-3a when something is attached to it, PDF/UA-1 otherwise (Typst 0.14 writes one of
 * the two at a time). What people typed reaches the template as data, never as Typst code.
 */
export function renderPdf(request: PdfRequest): Uint8Array {
  const { template, title, language, createdAt, attachments = [] } = request
  const standard = attachments.length > 0 ? PdfStandard.A_3a : PdfStandard.UA_1
  const meta = printableJson({ title, language, createdAt: parts(createdAt) })
  const shared = { meta, attachments: JSON.stringify(attachments) }
  let data = printableJson(request.data)
  // Signs may hide one behind the other: each turn removes some, and a document has only so many.
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    const outcome = compile(template, { ...shared, data }, standard)
    if (outcome instanceof Uint8Array) return outcome
    const drawable = withoutUndrawn(data, outcome.message)
    if (drawable === undefined) throw outcome
    data = drawable
  }
  throw new Error(`signs of ${template} cannot be drawn after ${TURNS_MAX} turns`)
}

const TURNS_MAX = 20

const sourceFolder = join(root, 'src')
const compiler = NodeCompiler.create({ workspace: sourceFolder })

function compile(
  template: string,
  inputs: Record<string, string>,
  pdfStandard: PdfStandard,
): Uint8Array | Error {
  // What was computed for the last two documents is kept (fonts, frame); the rest goes, or memory grows without end.
  compiler.evictCache(2)
  try {
    return compiler.pdf({ mainFilePath: join(sourceFolder, template), inputs }, { pdfStandard })
  } catch (error) {
    return new Error(`${template}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function parts(instant: Date) {
  return {
    year: instant.getUTCFullYear(),
    month: instant.getUTCMonth() + 1,
    day: instant.getUTCDate(),
    hour: instant.getUTCHours(),
    minute: instant.getUTCMinutes(),
    second: instant.getUTCSeconds(),
  }
}
