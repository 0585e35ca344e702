import { formatHours, type Minutes, minutes } from '#kit'
import { type Filled, Hours, type Language, Tag, type TagColor } from '#platform'
import type { Level, Pledge, PledgeState } from './rules.ts'

type Shown = { say: Filled['say']; language: Language; path: string }

const colors: Record<PledgeState, TagColor> = {
  submitted: 'warning',
  confirmed: 'success',
  withdrawn: 'neutral',
  expired: 'neutral',
}

/** A pledge a line; the commune also reads who promised. */
export function PledgeTable({
  pledges,
  showsCompany,
  say,
  language,
  path,
}: Shown & { pledges: Pledge[]; showsCompany: boolean }) {
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('pledges:list.caption')}>
      <table class="ds-table">
        <thead>
          <tr>
            <th scope="col">{say('pledges:list.family')}</th>
            {showsCompany && <th scope="col">{say('pledges:list.company')}</th>}
            <th scope="col" class="num">
              {say('pledges:list.kept')}
            </th>
            <th scope="col" class="num">
              {say('pledges:list.given')}
            </th>
            <th scope="col">{say('pledges:list.state')}</th>
          </tr>
        </thead>
        <tbody>
          {pledges.map((pledge) => (
            <tr>
              <th scope="row">
                <a class="ds-link" href={`${path}/pledges/${pledge.id}`}>
                  {say(`campaigns:family.${pledge.family}`)}
                </a>
              </th>
              {showsCompany && <td>{pledge.companyName}</td>}
              <td class="num">
                <Hours value={pledge.keptMinutes} language={language} />
              </td>
              <td class="num">
                <Hours value={givenOf(pledge)} language={language} />
              </td>
              <td>
                <StateTag pledge={pledge} say={say} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function StateTag({ pledge, say }: { pledge: Pledge; say: Filled['say'] }) {
  return <Tag color={colors[pledge.state]}>{say(`pledges:state.${pledge.state}`)}</Tag>
}

/** Hours that the ledger holds for associations already. */
export function givenOf({ keptMinutes, freeMinutes }: Pledge): Minutes {
  return minutes(keptMinutes - freeMinutes)
}

/** The thermometer: a bar a skill, its figures in words beside it. No company is named. */
export function Thermometer({ levels, say, language }: Omit<Shown, 'path'> & { levels: Level[] }) {
  const most = Math.max(...levels.map(({ promisedMinutes }) => Number(promisedMinutes)))
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('pledges:levels.caption')}>
      <table class="ds-table">
        <thead>
          <tr>
            <th scope="col">{say('pledges:list.family')}</th>
            <th scope="col" class="num">
              {say('pledges:levels.promised')}
            </th>
            <th scope="col" class="num">
              {say('pledges:levels.confirmed')}
            </th>
            <th scope="col">{say('pledges:levels.level')}</th>
          </tr>
        </thead>
        <tbody>
          {levels.map(({ family, promisedMinutes, confirmedMinutes }) => (
            <tr>
              <th scope="row">{say(`campaigns:family.${family}`)}</th>
              <td class="num">
                <Hours value={promisedMinutes} language={language} />
              </td>
              <td class="num">
                <Hours value={confirmedMinutes} language={language} />
              </td>
              <td>
                {promisedMinutes === 0n ? (
                  say('pledges:levels.missing')
                ) : (
                  <meter
                    min={0}
                    max={most}
                    value={Number(confirmedMinutes)}
                    aria-label={say('pledges:levels.bar', {
                      confirmed: formatHours(confirmedMinutes, language),
                      promised: formatHours(promisedMinutes, language),
                    })}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
