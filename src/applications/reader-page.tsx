import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { InstantText, Page } from '#platform'
import { FileFacts, type ReadFile } from './facts.tsx'
import type { Deposit } from './rules.ts'

/** The file for whoever reads it in the name of its association, and changes nothing. */
export function ReaderPage({
  place,
  file,
  deposit,
}: {
  place: Place
  file: ReadFile
  deposit: Deposit | undefined
}) {
  const { say, language } = place
  const title = file.application.projectTitle || file.application.association.name
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {deposit ? (
          <>
            {say('applications:deposited.notice', { number: deposit.number })}{' '}
            <InstantText value={deposit.depositedAt} language={language} />
          </>
        ) : (
          say('applications:reader.draft')
        )}
      </p>
      {deposit && (
        <p>
          <a class="ds-link" href={`${file.path}/receipt.pdf`}>
            {say('applications:deposited.receipt')}
          </a>
        </p>
      )}
      <p>
        <a class="ds-link" href={`${file.path}/form.pdf`}>
          {say(deposit ? 'cerfa:file.form' : 'cerfa:file.draftForm')}
        </a>
      </p>
      <p>
        <a class="ds-link" href={`${file.path}/readers`}>
          {say('applications:deposited.readers')}
        </a>
      </p>
      <FileFacts file={file} />
    </Page>
  )
}

export function NothingToRead({ place, campaign }: { place: Place; campaign: Campaign }) {
  const { say } = place
  const title = say('applications:file.title', { year: campaign.year })
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">{say('applications:reader.none')}</p>
    </Page>
  )
}
