import type { Proposal, ProposedLine } from '#allocation'
import type { Campaign } from '#campaigns'
import type { DocumentHead } from '#documents'
import type { Place } from '#people'
import { type Filled, Notice, Page, RefusalSummary, SelectField } from '#platform'
import type { Deliberation } from '../deliberations-store.ts'
import type { Interest } from '../rules.ts'
import type { Award, Recusal } from '../store.ts'
import { AwardTable, ProposalTable } from './award-table.tsx'
import { DeliberationCard } from './deliberation-card.tsx'
import { type Member, VoteForm } from './vote-form.tsx'

export type CouncilView = {
  place: Place
  campaign: Campaign
  proposal: Proposal | undefined
  /** Proposed and not yet granted; without those that this person takes no part in. */
  lines: ProposedLine[]
  hiddenCount: number
  deliberations: Deliberation[]
  awards: Award[]
  recusals: Recusal[]
  members: Member[]
  interests: Interest[]
  packs: DocumentHead[]
  filled: Filled
}

/** From the proposal to the letters: what is before the council, what it decided, what is left to do. */
export function CouncilPage(view: CouncilView) {
  const { place, campaign, proposal, lines, deliberations, awards, recusals, filled } = view
  const { say } = place
  const isAgent = place.as?.role === 'municipality.agent'
  const isVoting = isAgent && proposal && campaign.state === 'deliberating' && lines.length > 0
  return (
    <Page frame={place.frame} title={say('awards:title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('awards:title')}
      </h1>
      <p class="lead">{say('awards:lead')}</p>
      {!isVoting && <RefusalSummary filled={filled} />}
      {!proposal && <Notice>{say('awards:noProposal')}</Notice>}
      {proposal && isAgent && campaign.state === 'reviewing' && (
        <Notice>
          {say('awards:proposal.beforeCouncil')}{' '}
          <a class="ds-link" href={`${place.path}/${campaign.year}`}>
            {say('awards:proposal.toCouncil')}
          </a>
        </Notice>
      )}
      {proposal && lines.length > 0 && <ProposalCard view={view} proposal={proposal} />}
      {isVoting && (
        <VoteForm
          place={place}
          campaign={campaign}
          scenarioId={proposal.scenarioId}
          lines={lines}
          members={view.members}
          interests={view.interests}
          filled={filled}
        />
      )}
      {deliberations.map((deliberation) => (
        <DeliberationCard
          place={place}
          campaign={campaign}
          deliberation={deliberation}
          awards={awards.filter(({ deliberationId }) => deliberationId === deliberation.id)}
          mayAct={isAgent}
          filled={filled}
        />
      ))}
      {awards.length > 0 && <AwardTable place={place} awards={awards} recusals={recusals} />}
      {awards.some(({ notifiedAt }) => notifiedAt) && <Following view={view} />}
    </Page>
  )
}

/** What follows a notified decision: payments for the finance department, accounts of the associations. */
function Following({ view: { place, campaign } }: { view: CouncilView }) {
  const { say } = place
  const here = `${place.path}/${campaign.year}/decisions`
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:following.title')}
      </h2>
      <ul class="ds-list">
        {place.as?.role !== 'municipality.finance' && (
          <li>
            <a class="ds-link" href={`${here}/reports`}>
              {say('awards:reports.title', { year: campaign.year })}
            </a>
          </li>
        )}
        {place.as?.role !== 'municipality.elected' && (
          <>
            <li>
              <a class="ds-link" href={`${here}/finance.csv`}>
                {say('awards:following.csv')}
              </a>
            </li>
            <li>
              <a class="ds-link" href={`${here}/finance.xml`}>
                {say('awards:following.xml')}
              </a>
            </li>
          </>
        )}
      </ul>
    </section>
  )
}

function ProposalCard({ view, proposal }: { view: CouncilView; proposal: Proposal }) {
  const { place, campaign, lines, hiddenCount, packs } = view
  const { say } = place
  const here = `${place.path}/${campaign.year}/decisions`
  const isAgent = place.as?.role === 'municipality.agent'
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:proposal.title', { name: proposal.name })}
      </h2>
      {hiddenCount > 0 && <Notice>{say('awards:proposal.hidden', { count: hiddenCount })}</Notice>}
      <ul class="ds-list">
        <li>
          <a class="ds-link" href={`${here}/brief.pdf`}>
            {say('awards:proposal.brief')}
          </a>
        </li>
        <li>
          <a class="ds-link" href={`${here}/deliberations.odt`}>
            {say('awards:proposal.drafts')}
          </a>
        </li>
        {isAgent && (
          <li>
            <a class="ds-link" href={`${here}/letters.pdf`}>
              {say('awards:proposal.letters')}
            </a>
          </li>
        )}
        {packs.map((pack) => (
          <li>
            <a class="ds-link" href={`${here}/packs/${pack.id}`}>
              {say('awards:proposal.pack', { number: pack.number })}
            </a>
          </li>
        ))}
        <li>
          <a
            class="ds-link"
            href={`${place.path}/${campaign.year}/allocation/${proposal.scenarioId}`}
          >
            {say('awards:proposal.why')}
          </a>
        </li>
      </ul>
      {isAgent && <PackForm view={view} />}
      <ProposalTable
        place={place}
        campaign={campaign}
        lines={lines}
        interests={view.interests}
        members={view.members}
      />
    </section>
  )
}

function PackForm({ view }: { view: CouncilView }) {
  const { place, campaign, members, filled } = view
  const { say } = place
  const choices = members.map(({ name }) => ({ value: name, label: name }))
  return (
    <form class="row" method="post" action={`${place.path}/${campaign.year}/decisions/packs`}>
      <SelectField
        filled={filled}
        name="rapporteur"
        label={say('awards:proposal.rapporteur')}
        choices={choices}
      />
      <button class="ds-button" data-variant="secondary" type="submit">
        {say('awards:proposal.makePack')}
      </button>
    </form>
  )
}
