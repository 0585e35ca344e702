import type { Place } from '#people'
import { type Filled, Page, RefusalSummary, type Say, SelectField, Submit } from '#platform'
import { PIECE_BYTES_MAX, pieceKinds } from './pieces.ts'
import type { PieceHead } from './pieces-store.ts'
import { BackToFile } from './section-page.tsx'

export function PiecesPage({
  place,
  filePath,
  filled,
  pieces,
}: {
  place: Place
  filePath: string
  filled: Filled
  pieces: PieceHead[]
}) {
  const { say } = place
  const title = say('applications:task.pieces')
  return (
    <Page frame={place.frame} title={title}>
      <BackToFile say={say} filePath={filePath} />
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <p>{say('applications:pieces.lead')}</p>
        <PieceRows say={say} filePath={filePath} pieces={pieces} />
        <form class="stack" method="post" enctype="multipart/form-data">
          <RefusalSummary filled={filled} />
          <PieceFields filled={filled} />
          <Submit>{say('applications:pieces.add')}</Submit>
        </form>
      </div>
    </Page>
  )
}

/** What sort of piece, and its file: used wherever a piece is added. */
export function PieceFields({ filled }: { filled: Filled }) {
  const { say, refusals } = filled
  const own = refusals.filter(({ field }) => field === 'file')
  const choices = pieceKinds.map((kind) => ({
    value: kind,
    label: say(`applications:piece.${kind}`),
  }))
  return (
    <>
      <SelectField
        filled={filled}
        name="kind"
        label={say('applications:pieces.kind')}
        choices={choices}
      />
      <div class="ds-field">
        <label class="ds-label" for="file">
          {say('applications:pieces.file')}
        </label>
        <p class="ds-paragraph hint" id="file-hint">
          {say('applications:pieces.fileHint', { most: PIECE_BYTES_MAX / 1024 / 1024 })}
        </p>
        <input
          class="ds-input"
          type="file"
          id="file"
          name="file"
          accept=".pdf,.png,.jpg,.jpeg,.doc,.docx,.xls,.xlsx,.odt,.ods"
          aria-describedby={own.length > 0 ? 'file-hint file-reason' : 'file-hint'}
          aria-invalid={own.length > 0 ? 'true' : undefined}
        />
        {own.length > 0 && (
          <p class="ds-validation-message" data-color="danger" id="file-reason">
            {own.map(({ code, values }) => say(code, values)).join(' ')}
          </p>
        )}
      </div>
    </>
  )
}

function PieceRows({ say, filePath, pieces }: { say: Say; filePath: string; pieces: PieceHead[] }) {
  if (pieces.length === 0) return <p>{say('applications:facts.noPiece')}</p>
  return (
    <ul class="todo">
      {pieces.map(({ id, kind, fileName }) => (
        <li>
          <span>
            <a class="ds-link" href={`${filePath}/pieces/${id}`}>
              {fileName}
            </a>{' '}
            — {say(`applications:piece.${kind}`)}
          </span>
          <form method="post" action={`${filePath}/pieces/${id}/removal`}>
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit">
              {say('applications:pieces.remove')}
              <span class="visually-hidden"> {fileName}</span>
            </button>
          </form>
        </li>
      ))}
    </ul>
  )
}
