import type { Place } from '#people'
import { Notice, Page } from '#platform'
import { isShown } from './piece-line.tsx'
import { BackToFile } from './section-page.tsx'

type Shown = { place: Place; filePath: string; pieceId: string; fileName: string }

/** A piece looked at without opening it on one's own machine. */
export function PreviewPage({
  place,
  filePath,
  pieceId,
  fileName,
  mediaType,
}: Shown & { mediaType: string }) {
  const { say } = place
  const path = `${filePath}/pieces/${pieceId}`
  const title = say('pieces:preview.title', { file: fileName })
  const isPdf = mediaType === 'application/pdf'
  return (
    <Page frame={place.frame} title={title}>
      <BackToFile say={say} filePath={filePath} />
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="hint">{say(isShown(mediaType) ? 'pieces:preview.lead' : 'pieces:preview.none')}</p>
      <p class="actions">
        {isPdf && (
          <a class="ds-button" href={`${path}/inline#page=1`}>
            {say('pieces:preview.pdf')}
          </a>
        )}
        <a class="ds-button" data-variant="secondary" href={path}>
          {say('pieces:preview.download')}
        </a>
      </p>
      {isShown(mediaType) && !isPdf && (
        <img
          class="piece-image"
          src={`${path}/inline`}
          alt={say('pieces:preview.image', { file: fileName })}
        />
      )}
    </Page>
  )
}

/** In place of a piece in which a virus was found. */
export function BlockedPage({
  place,
  filePath,
  virus,
}: Omit<Shown, 'pieceId' | 'fileName'> & { virus: string }) {
  const { say } = place
  const title = say('pieces:blocked.title')
  return (
    <Page frame={place.frame} title={title}>
      <BackToFile say={say} filePath={filePath} />
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <Notice color="danger">{say('pieces:blocked.lead', { virus })}</Notice>
    </Page>
  )
}
