import type { Campaign } from '#campaigns'
import { organisationOf, type Place } from '#people'
import { type Filled, InstantText, Page, Submit } from '#platform'
import { TableFileField } from '#territory'

/** The file, and the model for whoever has none yet. */
export function PutInPage({
  place,
  campaign,
  files,
  filled,
}: {
  place: Place
  campaign: Campaign
  /** Put in before: what was left to correct waits there. */
  files: { id: string; fileName: string; putInAt: Date }[]
  filled: Filled
}) {
  const { say, path, frame } = place
  const isCompany = organisationOf(place).kind === 'company'
  const base = `${path}/${campaign.year}/pledges`
  return (
    <Page frame={frame} title={say('pledge-files:putIn.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('pledge-files:putIn.title')}
      </h1>
      <p class="lead">
        {say(isCompany ? 'pledge-files:putIn.leadOwn' : 'pledge-files:putIn.lead')}
      </p>
      <div class="halves">
        <form
          class="ds-card stack"
          method="post"
          action={`${base}/files`}
          enctype="multipart/form-data"
        >
          <h2 class="ds-heading" data-size="sm">
            {say('pledge-files:putIn.file')}
          </h2>
          <TableFileField
            filled={filled}
            label={say('pledge-files:putIn.choose')}
            hint={say('pledge-files:putIn.hint')}
            accept=".csv,.xls,.xlsx,.ods,.tsv,.txt"
          />
          <Submit>{say('pledge-files:putIn.read')}</Submit>
        </form>
        <section class="ds-card">
          <h2 class="ds-heading" data-size="sm">
            {say('pledge-files:model.title')}
          </h2>
          <p class="ds-paragraph">
            {say(isCompany ? 'pledge-files:model.leadOwn' : 'pledge-files:model.lead')}
          </p>
          <ul class="ds-list">
            {['xlsx', 'csv'].map((format) => (
              <li>
                <a class="ds-link" href={`${base}/model.${format}`}>
                  {say(`pledge-files:model.${format}`)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      </div>
      {files.length > 0 && (
        <section class="ds-card">
          <h2 class="ds-heading" data-size="sm">
            {say('pledge-files:putIn.before')}
          </h2>
          <ul class="ds-list">
            {files.map(({ id, fileName, putInAt }) => (
              <li>
                <a class="ds-link" href={`${path}/pledges/files/${id}`}>
                  {fileName}
                </a>
                , <InstantText value={putInAt} language={place.language} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}
