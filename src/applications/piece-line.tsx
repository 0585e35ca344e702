import { formatCount } from '#kit'
import { InstantText, type Language, type Say, Tag } from '#platform'
import type { PieceHead } from './pieces-store.ts'

type Shown = {
  say: Say
  language: Language
  filePath: string
  piece: PieceHead
  /** Without one, nothing waits for it. */
  hasAntivirus: boolean
}

/** One piece as it stands: what it is, what to know before opening it, and what it replaced. */
export function PieceLine({ say, language, filePath, piece, hasAntivirus }: Shown) {
  const { kind, remark, earlier } = piece
  return (
    <div class="piece">
      <p>
        <PieceLinks say={say} filePath={filePath} piece={piece} />{' '}
        <ScanTag say={say} piece={piece} hasAntivirus={hasAntivirus} />
      </p>
      <p class="hint">
        {say(`applications:piece.${kind}`)} · {sizeOf(say, language, piece.bytes)}
        {piece.scan === 'clean' && ` · ${say('pieces:scan.clean')}`}
      </p>
      <Given say={say} language={language} piece={piece} />
      {remark && <p class="hint">{say(`pieces:remark.${remark}`)}</p>}
      {earlier.length > 0 && (
        <details>
          <summary>{say('pieces:line.earlier', { count: earlier.length })}</summary>
          <ul class="todo">
            {earlier.map((version) => (
              <li>
                <div>
                  <PieceLinks say={say} filePath={filePath} piece={version} />{' '}
                  <ScanTag say={say} piece={version} hasAntivirus={hasAntivirus} />
                  <Given say={say} language={language} piece={version} />
                </div>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

export function isShown(mediaType: string): boolean {
  return mediaType === 'application/pdf' || mediaType.startsWith('image/')
}

function PieceLinks({ say, filePath, piece }: Pick<Shown, 'say' | 'filePath' | 'piece'>) {
  const { id, fileName, scan, mediaType } = piece
  if (scan === 'infected') return <span>{fileName}</span>
  return (
    <>
      <a class="ds-link" href={`${filePath}/pieces/${id}`}>
        {fileName}
      </a>
      {isShown(mediaType) && (
        <>
          {' · '}
          <a class="ds-link" href={`${filePath}/pieces/${id}/preview`}>
            {say('pieces:line.preview')}
            <span class="visually-hidden"> {fileName}</span>
          </a>
        </>
      )}
    </>
  )
}

function Given({ say, language, piece }: Pick<Shown, 'say' | 'language' | 'piece'>) {
  return (
    <p class="hint">
      {say('pieces:line.given')} <InstantText value={piece.addedAt} language={language} />{' '}
      {piece.addedBy && say('pieces:line.by', { name: piece.addedBy })}
    </p>
  )
}

function ScanTag({ say, piece, hasAntivirus }: Pick<Shown, 'say' | 'piece' | 'hasAntivirus'>) {
  const { scan } = piece
  if (scan === 'clean' || (scan === 'waiting' && !hasAntivirus)) return null
  return <Tag color={scan === 'infected' ? 'danger' : 'warning'}>{say(`pieces:scan.${scan}`)}</Tag>
}

function sizeOf(say: Say, language: Language, bytes: number): string {
  const kilos = Math.max(1, Math.round(bytes / 1000))
  if (kilos < 1000) return say('pieces:size.kilo', { count: formatCount(kilos, language) })
  return say('pieces:size.mega', { count: formatCount(Math.round(kilos / 100) / 10, language) })
}
