import { type Context, Hono } from 'hono'
import { isId, isRefused, type Refusal } from '#kit'
import { allow, found, type PlaceEnv } from '#people'
import { type Typed, typedOf } from '#platform'
import { addPiece, type PieceInput, removePiece } from './pieces-actions.ts'
import { PiecesPage } from './pieces-page.tsx'
import { pieceOf, piecesOf } from './pieces-store.ts'
import { filePathOf, openDraft, openFile } from './views.ts'

/** The pieces of a file: given, read, taken back while it is a draft. */
export const pieceRoutes = new Hono<PlaceEnv>()

const readers = allow(
  'association.representative',
  'association.member',
  'association.reader',
  'municipality.agent',
)
const preparers = allow('association.representative', 'association.member')

pieceRoutes.get('/applications/:id/pieces', preparers, (context) => piecesPage(context, {}, []))

pieceRoutes.post('/applications/:id/pieces', preparers, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  const form = await context.req.formData()
  const outcome = await addPiece(place, id, await pieceIn(form))
  if (isRefused(outcome)) return piecesPage(context, typedOf(form), outcome.refusals)
  return context.redirect(`${filePathOf(place.path, id)}/pieces`, 303)
})

pieceRoutes.get('/applications/:id/pieces/:pieceId', readers, async (context) => {
  const place = context.get('place')
  const { application } = await openFile(place, context.req.param('id'))
  return answerPiece(context, application.id, context.req.param('pieceId'))
})

pieceRoutes.post('/applications/:id/pieces/:pieceId/removal', preparers, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  await removePiece(place, id, context.req.param('pieceId'))
  return context.redirect(`${filePathOf(place.path, id)}/pieces`, 303)
})

/** The piece and its file, as a form sends them. */
export async function pieceIn(form: FormData): Promise<PieceInput> {
  const file = form.get('file')
  const isFile = file instanceof File
  return {
    kind: String(form.get('kind') ?? ''),
    fileName: isFile ? file.name : '',
    content: new Uint8Array(isFile ? await file.arrayBuffer() : new ArrayBuffer(0)),
  }
}

/** Always as a download: nothing that a stranger wrote is opened inside METIS. */
export async function answerPiece(
  context: Context<PlaceEnv>,
  applicationId: string,
  pieceId: string,
): Promise<Response> {
  const { tx, territory } = context.get('place')
  const key = { territoryId: territory.id, id: applicationId }
  const piece = found(isId(pieceId) ? await pieceOf(tx, key, pieceId) : undefined)
  return context.body(new Uint8Array(piece.content), 200, {
    'content-type': piece.mediaType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(piece.fileName)}`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
}

async function piecesPage(context: Context<PlaceEnv>, typed: Typed, refusals: Refusal[]) {
  const place = context.get('place')
  const { application } = await openDraft(place, context.req.param('id') ?? '')
  const key = { territoryId: place.territory.id, id: application.id }
  return context.html(
    <PiecesPage
      place={place}
      filePath={filePathOf(place.path, application.id)}
      filled={{ say: place.say, typed, refusals }}
      pieces={await piecesOf(place.tx, key)}
    />,
    refusals.length > 0 ? 422 : 200,
  )
}
