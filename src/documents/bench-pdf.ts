import { setImmediate } from 'node:timers/promises'
import { cents } from '#kit'
import { giftReceiptPdf } from './templates/index.ts'
import { issuedReceipt } from './templates/samples.ts'

export type PdfBench = {
  documents: number
  seconds: number
  perSecond: number
  bytesEach: number
  /** What the process holds more after than before. */
  heldBytes: number
}

/** How many tax receipts one process draws in a second: no two the same, so that none is remembered. */
export async function benchPdf(documents = 400): Promise<PdfBench> {
  const bytesEach = draw(0).length
  const heldBefore = process.memoryUsage().rss
  const startedAt = performance.now()
  for (let rank = 1; rank <= documents; rank++) {
    draw(rank)
    // As in a server: what the compiler lent is only given back when the event loop turns.
    await setImmediate()
  }
  const seconds = (performance.now() - startedAt) / 1000
  const heldBytes = process.memoryUsage().rss - heldBefore
  return { documents, seconds, perSecond: documents / seconds, bytesEach, heldBytes }
}

function draw(rank: number): Uint8Array {
  if (issuedReceipt.status.state === 'draft') throw new Error('the bench draws issued receipts')
  return giftReceiptPdf({
    ...issuedReceipt,
    status: { ...issuedReceipt.status, number: `2026-${String(rank).padStart(4, '0')}` },
    company: { ...issuedReceipt.company, name: `Entreprise ${rank}` },
    inKind: { ...issuedReceipt.inKind, amountCents: cents(462_000 + rank * 137) },
    verification: { ...issuedReceipt.verification, code: `BENCH-${rank}` },
  })
}
