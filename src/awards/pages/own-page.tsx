import { minutesOf } from '#allocation'
import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { Euros, Hours, Notice, Page, Tag } from '#platform'
import { stageOf } from '../stage.ts'
import type { Award } from '../store.ts'

/** An association sees its own line, once its letter has left. */
export function OwnPage({
  place,
  campaign,
  awards,
}: {
  place: Place
  campaign: Campaign
  awards: Award[]
}) {
  const { say, language } = place
  const told = awards.filter(({ notifiedAt }) => notifiedAt !== undefined)
  return (
    <Page frame={place.frame} title={say('awards:own.title', { year: campaign.year })}>
      <h1 class="ds-heading" data-size="lg">
        {say('awards:own.title', { year: campaign.year })}
      </h1>
      {told.length === 0 && <Notice>{say('awards:own.none')}</Notice>}
      <ul class="todo">
        {told.map((award) => (
          <li>
            <span>
              {award.isAdopted ? (
                <>
                  <Euros value={award.cashCents} language={language} /> {say('awards:own.and')}{' '}
                  <Hours value={minutesOf(award)} language={language} />
                </>
              ) : (
                say('awards:own.rejected')
              )}{' '}
              <Tag color={stageOf(award).color}>{say(`awards:stage.${stageOf(award).name}`)}</Tag>
            </span>
            <a class="ds-button" href={`${place.path}/decisions/${award.id}`}>
              {say('awards:own.open')}
            </a>
          </li>
        ))}
      </ul>
    </Page>
  )
}
