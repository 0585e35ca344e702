import { type Context, Hono } from 'hono'
import { isId, isRefused, type Refusal } from '#kit'
import { allow, found, type PlaceEnv } from '#people'
import { type Typed, typedOf } from '#platform'
import { isShown } from './piece-line.tsx'
import { BlockedPage, PreviewPage } from './piece-preview.tsx'
import { addPiece, type PieceInput, removePiece } from './pieces-actions.ts'
import { PiecesPage } from './pieces-page.tsx'
import { type ReadPiece, readPiece } from './pieces-read.ts'
import { piecesOf } from './pieces-store.ts'
import { filePathOf, openDraft, openFile } from './views.ts'

/** The pieces of a file: given, replaced, read, taken back while it is a draft. */
export const pieceRoutes = new Hono<PlaceEnv>()

const readers = allow(
  'association.representative',
  'association.member',
  'association.reader',
  'municipality.agent',
)
const preparers = allow('association.representative', 'association.member')

pieceRoutes.get('/applications/:id/pieces', preparers, (context) => {
  const replaces = context.req.query('replaces')
  return piecesPage(context, replaces ? { replaces } : {}, [])
})

pieceRoutes.post('/applications/:id/pieces', preparers, async (context) => {
  const place = context.get('place')
  const id = context.req.param('id')
  const form = await context.req.formData()
  const outcome = await addPiece(place, id, await pieceIn(form))
  if (isRefused(outcome)) return piecesPage(context, typedOf(form), outcome.refusals)
  return context.redirect(`${filePathOf(place.path, id)}/pieces`, 303)
})

pieceRoutes.get('/applications/:id/pieces/:pieceId', readers, async (context) => {
  const { application } = await openFile(context.get('place'), context.req.param('id'))
  return answerPiece(context, application.id, context.req.param('pieceId'))
})

pieceRoutes.get('/applications/:id/pieces/:pieceId/preview', readers, async (context) => {
  const place = context.get('place')
  const { application } = await openFile(place, context.req.param('id'))
  const pieceId = context.req.param('pieceId')
  const piece = await pieceToRead(context, application.id, pieceId)
  const filePath = filePathOf(place.path, application.id)
  if (piece.scan === 'infected') return blocked(context, filePath, piece.virus)
  const { fileName, mediaType } = piece
  const shown = { place, filePath, pieceId, fileName, mediaType }
  return context.html(<PreviewPage {...shown} />)
})

pieceRoutes.get('/applications/:id/pieces/:pieceId/inline', readers, async (context) => {
  const { application } = await openFile(context.get('place'), context.req.param('id'))
  const piece = await pieceToRead(context, application.id, context.req.param('pieceId'))
  found(isShown(piece.mediaType) ? piece : undefined)
  return answerBytes(context, { piece, applicationId: application.id, how: 'inline' })
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
    replaces: String(form.get('replaces') ?? ''),
  }
}

/** Always as a download: nothing that a stranger wrote is opened inside METIS. */
export async function answerPiece(
  context: Context<PlaceEnv>,
  applicationId: string,
  pieceId: string,
): Promise<Response> {
  const piece = await pieceToRead(context, applicationId, pieceId)
  return answerBytes(context, { piece, applicationId, how: 'attachment' })
}

async function pieceToRead(
  context: Context<PlaceEnv>,
  applicationId: string,
  pieceId: string,
): Promise<ReadPiece> {
  const place = context.get('place')
  return found(isId(pieceId) ? await readPiece(place, applicationId, pieceId) : undefined)
}

// Whatever it pretends to be, it has no script, no form, no origin and asks nothing of anyone.
const SANDBOX =
  "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

function answerBytes(
  context: Context<PlaceEnv>,
  sent: { piece: ReadPiece; applicationId: string; how: 'attachment' | 'inline' },
): Response | Promise<Response> {
  const { piece, how } = sent
  if (piece.scan === 'infected')
    return blocked(context, filePathOf(context.get('place').path, sent.applicationId), piece.virus)
  const { mediaType, fileName, content } = piece
  return context.body(new Uint8Array(content), 200, {
    'content-type': mediaType,
    'content-disposition': `${how}; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'content-security-policy': SANDBOX,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
}

function blocked(context: Context<PlaceEnv>, filePath: string, virus: string) {
  const page = <BlockedPage place={context.get('place')} filePath={filePath} virus={virus} />
  return context.html(page, 403)
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
