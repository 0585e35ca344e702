import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import {
  applicationById,
  drawForm,
  formFileName,
  type PieceOfMany,
  piecesOfMany,
  readPiece,
} from '#applications'
import { campaignById } from '#campaigns'
import type { Place, PlaceEnv } from '#people'
import { Page, type ZipEntry, zip } from '#platform'
import type { TableRow } from './table.ts'
import type { TableView } from './table-view.ts'

/** What a ZIP archive of the old format holds; more is asked for by parts. */
const ARCHIVE_BYTES_MAX = 3_900_000_000
const PIECES_MAX = 60_000

/**
 * The files on screen, a folder each: the form on paper and its pieces. Read one at a time while they are sent, each in
 * a transaction of its own: the machine never holds more than one.
 */
export async function answerPieces(context: Context<PlaceEnv>, view: TableView): Promise<Response> {
  const place = context.get('place')
  const files = new Map(
    view.shown.filter(({ isRecused }) => !isRecused).map((row) => [row.id, row]),
  )
  const pieces = await piecesOfMany(place.tx, place.territory.id, [...files.keys()])
  for (const id of files.keys()) place.filesSeen.add(id)
  const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0)
  if (files.size === 0) return instead(context, 'review:pieces.none')
  if (bytes > ARCHIVE_BYTES_MAX || pieces.length > PIECES_MAX)
    return instead(context, 'review:pieces.tooMany')
  const name = `pieces-${view.campaign.year}.zip`
  context.header('content-disposition', `attachment; filename="${name}"`)
  context.header('content-type', 'application/zip')
  context.header('cache-control', 'private, no-store')
  // Already compressed, most of them: neither the archive nor the answer tries again.
  context.header('content-encoding', 'identity')
  return stream(context, async (out) => {
    for await (const part of zip(entriesOf(place, pieces, files))) await out.write(part)
  })
}

async function* entriesOf(
  place: Place,
  pieces: PieceOfMany[],
  files: Map<string, TableRow>,
): AsyncGenerator<ZipEntry> {
  for (const [id, row] of files) {
    const form = await place.later((tx) => formOf({ ...place, tx }, id))
    if (form) yield { ...form, name: `${folderOf(row)}/${form.name}` }
  }
  for (const [rank, { id, applicationId, fileName }] of pieces.entries()) {
    const file = files.get(applicationId)
    const piece = await place.later((tx) => readPiece({ ...place, tx }, applicationId, id))
    if (!file || !piece) continue
    const name = `${folderOf(file)}/${String(rank + 1).padStart(2, '0')} ${fileName}`
    if (piece.scan === 'infected') {
      const content = Buffer.from(place.say('pieces:blocked.inArchive', { virus: piece.virus }))
      yield { name: `${name}.txt`, content, isStored: true }
    } else yield { name, content: piece.content, isStored: true }
  }
}

async function formOf(place: Place, id: string): Promise<ZipEntry | undefined> {
  const application = await applicationById(place.tx, place.territory.id, id)
  const campaign =
    application && (await campaignById(place.tx, place.territory.id, application.campaignId))
  if (!campaign) return undefined
  const content = Buffer.from(await drawForm(place, { application, campaign }))
  return { name: formFileName(application), content, isStored: true }
}

function folderOf({ number, associationName }: TableRow): string {
  return `${number} ${plainName(associationName)}`
}

/** A folder's name that every system takes. */
function plainName(name: string): string {
  return name
    .replace(/[^\p{L}\p{N} ()'’-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
}

function instead(context: Context<PlaceEnv>, code: string) {
  const { say, frame } = context.get('place')
  return context.html(
    <Page frame={frame} title={say('review:table.pieces')}>
      <h1 class="ds-heading" data-size="lg">
        {say('review:table.pieces')}
      </h1>
      <p class="lead">{say(code)}</p>
    </Page>,
  )
}
