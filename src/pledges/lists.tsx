import type { Campaign } from '#campaigns'
import { formatHours, parseHours, sumMinutes } from '#kit'
import { organisationOf, type Place } from '#people'
import { Figure, Hours, Notice, Page } from '#platform'
import type { Draft } from './files/store.ts'
import { levelsOf, type Pledge } from './rules.ts'
import { givenOf, PledgeTable, Thermometer } from './tables.tsx'

type Shown = {
  place: Place
  campaign: Campaign
  pledges: Pledge[]
  families: string[]
  /** Written by the commune, on which the company has not said a word: promised by nobody yet. */
  drafts: Draft[]
}

/** A company's own pledges: those of others are not shown, not even counted. */
export function CompanyPledges({ place, campaign, pledges, drafts }: Shown) {
  const { say, language, path, frame } = place
  const own = pledges.filter(({ companyId }) => companyId === organisationOf(place).id)
  const isOpen = campaign.state === 'pledging' || campaign.state === 'applying'
  return (
    <Page frame={frame} title={say('pledges:own.title')}>
      <div class="head">
        <h1 class="ds-heading" data-size="lg">
          {say('pledges:own.title')}
        </h1>
        {isOpen && (
          <a class="ds-button" href={`${path}/${campaign.year}/pledges/new`}>
            {say('pledges:own.new')}
          </a>
        )}
      </div>
      {!isOpen && <Notice>{say('pledges:own.closed')}</Notice>}
      <p class="lead">{say('pledges:own.lead')}</p>
      <p>
        <a class="ds-link" href={`${path}/${campaign.year}/adviser`}>
          {say('adviser:open')}
        </a>
        {isOpen && (
          <>
            {' · '}
            <FileLink {...{ place, campaign }} />
          </>
        )}
      </p>
      {drafts.length > 0 && (
        <section class="ds-card">
          <h2 class="ds-heading" data-size="sm">
            {say('pledge-files:drafts.title')}
          </h2>
          <p class="hint">{say('pledge-files:drafts.lead')}</p>
          <ul class="todo">
            {drafts.map((draft) => (
              <li>
                <span>{saidOf(draft, place)}</span>
                <a class="ds-button" data-size="sm" href={`${path}/pledges/drafts/${draft.id}`}>
                  {say('pledge-files:drafts.read')}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {own.length > 0 && (
        <PledgeTable pledges={own} showsCompany={false} {...{ say, language, path }} />
      )}
    </Page>
  )
}

/** Every pledge of the season, for the commune: totals, what is to confirm, what is missing. */
export function CommunePledges({ place, campaign, pledges, families, drafts }: Shown) {
  const { say, language, path, frame } = place
  const levels = levelsOf(families, pledges)
  const totals = {
    promised: sumMinutes(levels.map(({ promisedMinutes }) => promisedMinutes)),
    confirmed: sumMinutes(levels.map(({ confirmedMinutes }) => confirmedMinutes)),
    given: sumMinutes(pledges.map(givenOf)),
  }
  return (
    <Page frame={frame} title={say('pledges:all.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('pledges:all.title')}
      </h1>
      <p class="lead">{say('pledges:all.lead')}</p>
      <div class="figures">
        {(['promised', 'confirmed', 'given'] as const).map((total) => (
          <Figure label={say(`pledges:all.${total}`)} note={say(`pledges:all.${total}Note`)}>
            <Hours value={totals[total]} language={language} />
          </Figure>
        ))}
      </div>
      <p>
        <FileLink {...{ place, campaign }} />
      </p>
      {pledges.length > 0 && (
        <PledgeTable pledges={pledges} showsCompany {...{ say, language, path }} />
      )}
      {drafts.length > 0 && (
        <section class="ds-card">
          <h2 class="ds-heading" data-size="sm">
            {say('pledge-files:waiting.title')}
          </h2>
          <p class="hint">{say('pledge-files:waiting.lead')}</p>
          <ul class="ds-list">
            {drafts.map((draft) => (
              <li>
                {draft.companyName} : {saidOf(draft, place)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('pledges:levels.title')}
        </h2>
        <Thermometer levels={levels} say={say} language={language} />
        <p>
          <a class="ds-link" href={`${path}/${campaign.year}/thermometer`}>
            {say('pledges:all.public')}
          </a>
        </p>
      </section>
    </Page>
  )
}

function FileLink({ place: { say, path }, campaign }: Pick<Shown, 'place' | 'campaign'>) {
  return (
    <a class="ds-link" href={`${path}/${campaign.year}/pledges/file`}>
      {say('pledge-files:putIn.open')}
    </a>
  )
}

/** « Juridique et conformité, 40 h », as it was written for the form. */
function saidOf({ answers }: Draft, { say, language }: Place): string {
  const [asked, hours = ''] = Object.entries(answers).find(([name]) => /^hours-/.test(name)) ?? []
  const family = (asked ?? '').replace('hours-', '')
  const read = parseHours(hours)
  return `${say(`campaigns:family.${family}`)}, ${read ? formatHours(read, language) : hours}`
}
