import type { Place } from '#people'
import { type Filled, Page, RefusalSummary, SelectField, Submit } from '#platform'
import { PieceLine } from './piece-line.tsx'
import { PIECE_BYTES_MAX, pieceKinds } from './pieces.ts'
import type { PieceHead } from './pieces-store.ts'
import { BackToFile } from './section-page.tsx'

type View = { place: Place; filePath: string; filled: Filled; pieces: PieceHead[] }

export function PiecesPage(view: View) {
  const { place, filePath, filled, pieces } = view
  const { say } = place
  const title = say('applications:task.pieces')
  const replaced = pieces.find(({ id }) => id === filled.typed.replaces)
  return (
    <Page frame={place.frame} title={title}>
      <BackToFile say={say} filePath={filePath} />
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <p>{say('applications:pieces.lead')}</p>
        <PieceRows view={view} />
        <p>
          <a class="ds-link" href={`${filePath}/bank-account`}>
            {say('pieces:bank.name')}
          </a>
        </p>
        {replaced ? (
          <ReplaceForm view={view} replaced={replaced} />
        ) : (
          <form class="stack" method="post" enctype="multipart/form-data">
            <RefusalSummary filled={filled} />
            <PieceFields filled={filled} />
            <Submit>{say('applications:pieces.add')}</Submit>
          </form>
        )}
      </div>
    </Page>
  )
}

function ReplaceForm({
  view: { filePath, filled },
  replaced,
}: {
  view: View
  replaced: PieceHead
}) {
  const { say } = filled
  return (
    <form
      class="stack"
      method="post"
      action={`${filePath}/pieces`}
      enctype="multipart/form-data"
      id="replaces"
    >
      <h2 class="ds-heading" data-size="sm">
        {say('pieces:replace.title', { file: replaced.fileName })}
      </h2>
      <p>{say('pieces:replace.lead')}</p>
      <RefusalSummary filled={filled} />
      <input type="hidden" name="replaces" value={replaced.id} />
      <input type="hidden" name="kind" value={replaced.kind} />
      <FileField filled={filled} />
      <Submit>{say('pieces:replace.button')}</Submit>
      <p>
        <a class="ds-link" href={`${filePath}/pieces`}>
          {say('pieces:replace.cancel')}
        </a>
      </p>
    </form>
  )
}

/**
 * What sort of piece, and its file: used wherever a piece is added. Given the pieces that are there,
 * it may take the place of one.
 */
export function PieceFields({
  filled,
  pieces = [],
}: {
  filled: Filled
  pieces?: Pick<PieceHead, 'id' | 'kind' | 'fileName'>[]
}) {
  const { say } = filled
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
      {pieces.length > 0 && (
        <SelectField
          filled={filled}
          name="replaces"
          label={say('pieces:replace.choice')}
          hint={say('pieces:replace.choiceHint')}
          choices={[
            { value: '', label: say('pieces:replace.none') },
            ...pieces.map(({ id, kind, fileName }) => ({
              value: id,
              label: `${say(`applications:piece.${kind}`)} — ${fileName}`,
            })),
          ]}
        />
      )}
      <FileField filled={filled} />
    </>
  )
}

function FileField({ filled: { say, refusals } }: { filled: Filled }) {
  const own = refusals.filter(({ field }) => field === 'file')
  return (
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
        accept=".pdf,.png,.jpg,.jpeg,.webp,.doc,.docx,.xls,.xlsx,.odt,.ods"
        aria-describedby={own.length > 0 ? 'file-hint file-reason' : 'file-hint'}
        aria-invalid={own.length > 0 ? 'true' : undefined}
      />
      {own.length > 0 && (
        <p class="ds-validation-message" data-color="danger" id="file-reason">
          {own.map(({ code, values }) => say(code, values)).join(' ')}
        </p>
      )}
    </div>
  )
}

function PieceRows({ view: { place, filePath, pieces } }: { view: View }) {
  const { say, language } = place
  if (pieces.length === 0) return <p>{say('applications:facts.noPiece')}</p>
  return (
    <ul class="todo">
      {pieces.map((piece) => (
        <li>
          <PieceLine
            say={say}
            language={language}
            filePath={filePath}
            piece={piece}
            hasAntivirus={place.antivirus !== undefined}
          />
          <form
            class="piece-actions"
            method="post"
            action={`${filePath}/pieces/${piece.id}/removal`}
          >
            <a
              class="ds-button"
              data-variant="tertiary"
              data-size="sm"
              href={`${filePath}/pieces?replaces=${piece.id}#replaces`}
            >
              {say('pieces:line.replace')}
              <span class="visually-hidden"> {piece.fileName}</span>
            </a>
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit">
              {say('applications:pieces.remove')}
              <span class="visually-hidden"> {piece.fileName}</span>
            </button>
          </form>
        </li>
      ))}
    </ul>
  )
}
