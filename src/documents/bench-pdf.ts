import { giftReceiptPdf } from './templates/index.ts'
import { issuedReceipt } from './templates/samples.ts'

export type PdfBench = { documents: number; seconds: number; perSecond: number; bytes: number }

/** How many tax receipts one process draws in a second: each has its own number, so that none is remembered. */
export function benchPdf(documents = 400): PdfBench {
  const bytes = draw(0).length
  const startedAt = performance.now()
  for (let rank = 1; rank <= documents; rank++) draw(rank)
  const seconds = (performance.now() - startedAt) / 1000
  return { documents, seconds, perSecond: documents / seconds, bytes }
}

function draw(rank: number): Uint8Array {
  if (issuedReceipt.status.state === 'draft') throw new Error('the bench draws issued receipts')
  const status = { ...issuedReceipt.status, number: `2026-${String(rank).padStart(4, '0')}` }
  const verification = { ...issuedReceipt.verification, code: `BENCH-${rank}` }
  return giftReceiptPdf({ ...issuedReceipt, status, verification })
}
