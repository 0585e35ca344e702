import type { Context } from 'hono'
import type { DocumentRow } from './store.ts'

/** The PDF as sealed, shown in the browser; never kept by a cache, since not everyone may see it. */
export function answerPdf(
  context: Context,
  document: Pick<DocumentRow, 'kind' | 'number' | 'pdf'>,
): Response {
  const name = `${document.kind.replaceAll('_', '-')}-${document.number}.pdf`
  return context.body(new Uint8Array(document.pdf), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${name}"`,
    'cache-control': 'private, no-store',
  })
}
