import { minutesOf, type ProposedLine } from '#allocation'
import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { Euros, Hours, Tag } from '#platform'
import type { Interest } from '../rules.ts'
import { stageOf } from '../stage.ts'
import type { Award, Recusal } from '../store.ts'
import type { Member } from './vote-form.tsx'

/** What is proposed, beside last year first (USERS 3.17), with who will leave the room. */
export function ProposalTable({
  place,
  campaign,
  lines,
  interests,
  members,
}: {
  place: Place
  campaign: Campaign
  lines: ProposedLine[]
  interests: Interest[]
  members: Member[]
}) {
  const { say, language } = place
  const names = new Map(members.map(({ id, name }) => [id, name]))
  const recusedOn = ({ associationId }: ProposedLine) =>
    interests
      .filter((interest) => interest.associationId === associationId)
      .flatMap(({ personId }) => names.get(personId) ?? [])
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('awards:proposal.table')}>
      <table class="ds-table" data-size="sm">
        <caption class="visually-hidden">{say('awards:proposal.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('awards:association')}</th>
            <th scope="col" class="num">
              {campaign.year - 1}
            </th>
            <th scope="col" class="num">
              {say('awards:asked')}
            </th>
            <th scope="col" class="num">
              {say('awards:proposed')}
            </th>
            <th scope="col" class="num">
              {say('awards:hours')}
            </th>
            <th scope="col">{say('awards:vote.recused')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr>
              <th scope="row">{line.associationName}</th>
              <td class="num">
                <Euros value={line.baselineCents} language={language} />
              </td>
              <td class="num">
                <Euros value={line.askedCents} language={language} />
              </td>
              <td class="num">
                <Euros value={line.cashCents} language={language} />
              </td>
              <td class="num">
                <Hours value={minutesOf(line)} language={language} />
              </td>
              <td>{recusedOn(line).join(', ') || '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{say('awards:hoursNote')}</p>
    </section>
  )
}

export function AwardTable({
  place,
  awards,
  recusals,
}: {
  place: Place
  awards: Award[]
  recusals: Recusal[]
}) {
  const { say } = place
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:table.title')}
      </h2>
      <section class="table-scroll" tabindex={0} aria-label={say('awards:table.title')}>
        <table class="ds-table" data-size="sm">
          <caption class="visually-hidden">{say('awards:table.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('awards:association')}</th>
              <th scope="col" class="num">
                {say('awards:decided')}
              </th>
              <th scope="col" class="num">
                {say('awards:hours')}
              </th>
              <th scope="col">{say('awards:table.votes')}</th>
              <th scope="col" class="num">
                {say('awards:paid')}
              </th>
              <th scope="col">{say('awards:table.stage')}</th>
            </tr>
          </thead>
          <tbody>
            {awards.map((award) => (
              <AwardRow place={place} award={award} recusals={recusals} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">{say('awards:hoursNote')}</p>
    </section>
  )
}

function AwardRow({ place, award, recusals }: { place: Place; award: Award; recusals: Recusal[] }) {
  const { say, language } = place
  const recused = recusals.filter(({ awardId }) => awardId === award.id)
  const stage = stageOf(award)
  return (
    <tr>
      <th scope="row">
        <a class="ds-link" href={`${place.path}/decisions/${award.id}`}>
          {award.associationName}
        </a>
      </th>
      <td class="num">
        <Euros value={award.cashCents} language={language} />
      </td>
      <td class="num">
        <Hours value={minutesOf(award)} language={language} />
      </td>
      <td>
        {say('awards:table.count', {
          for: award.votesFor,
          against: award.votesAgainst,
          abstentions: award.abstentions,
        })}
        {recused.length > 0 && (
          <small>
            {say('awards:table.recused')} {recused.map(({ personName }) => personName).join(', ')}
          </small>
        )}
      </td>
      <td class="num">
        <Euros value={award.paidCents} language={language} />
      </td>
      <td>
        <Tag color={stage.color}>{say(`awards:stage.${stage.name}`)}</Tag>
      </td>
    </tr>
  )
}
