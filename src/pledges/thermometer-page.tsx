import { raw } from 'hono/html'
import type { Campaign } from '#campaigns'
import { formatHours } from '#kit'
import type { Place } from '#people'
import { asset, type Filled, Hours, type Language, Page } from '#platform'
import { type Mark, missingOf } from './thermometer.ts'

type Shown = { place: Place; campaign: Campaign; marks: Mark[] }

export function ThermometerPage({ place, campaign, marks }: Shown) {
  const { say, language, frame, path, url } = place
  const address = `${url}/${campaign.year}/thermometer/embed`
  return (
    <Page frame={frame} title={say('pledges:levels.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('pledges:levels.title')}
      </h1>
      <p class="lead">{say('pledges:levels.lead')}</p>
      <p>
        <a class="ds-button" href={`${path}/${campaign.year}/adviser`}>
          {say('adviser:open')}
        </a>
      </p>
      <Missing {...{ marks, say, language }} />
      <Marks {...{ marks, say, language }} />
      <p class="hint">{say('pledges:levels.privacy')}</p>
      <details>
        <summary>{say('pledges:levels.embed')}</summary>
        <p class="ds-paragraph">
          <code>{`<iframe src="${address}" title="${say('pledges:levels.title')}" width="100%" height="640"></iframe>`}</code>
        </p>
        <p>
          <a
            class="ds-link"
            href={`/api/v1/${place.territory.slug}/seasons/${campaign.year}/thermometer`}
          >
            {say('pledges:levels.json')}
          </a>
        </p>
      </details>
    </Page>
  )
}

/** The same figures without what surrounds our pages: to be shown inside another site. */
export function EmbeddedThermometer({ place, campaign, marks }: Shown) {
  const { say, language, url, territory } = place
  const title = say('pledges:levels.embedTitle', { commune: territory.name, year: campaign.year })
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={language} data-color-scheme="light">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{title}</title>
          <link rel="stylesheet" href={asset('metis.css')} />
        </head>
        <body>
          <main id="main" class="wrap">
            <h1 class="ds-heading" data-size="sm">
              {title}
            </h1>
            <Missing {...{ marks, say, language }} />
            <Marks {...{ marks, say, language }} />
            <p>
              <a
                class="ds-link"
                href={`${url}/${campaign.year}/thermometer`}
                target="_blank"
                rel="noopener"
              >
                {say('pledges:levels.whole')}
              </a>
            </p>
          </main>
        </body>
      </html>
    </>
  )
}

type Drawn = { marks: Mark[]; say: Filled['say']; language: Language }

const NAMED_MAX = 3

/** What to ask companies for, in words: a bar alone would ask nobody. */
function Missing({ marks, say, language }: Drawn) {
  const missing = missingOf(marks).slice(0, NAMED_MAX)
  if (missing.length === 0)
    return <p class="ds-paragraph">{say('pledges:levels.nothingMissing')}</p>
  return (
    <>
      <p class="ds-paragraph">{say('pledges:levels.wanted')}</p>
      <ul class="ds-list">
        {missing.map(({ family, missingMinutes }) => (
          <li>
            {say('pledges:levels.wantedSkill', {
              family: say(`campaigns:family.${family}`),
              hours: formatHours(missingMinutes, language),
            })}
          </li>
        ))}
      </ul>
    </>
  )
}

const columns = ['lastYear', 'asked', 'promised', 'confirmed', 'missingHours'] as const

function Marks({ marks, say, language }: Drawn) {
  const most = Math.max(
    1,
    ...marks.map((mark) => Number(mark.promisedMinutes + mark.missingMinutes)),
  )
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('pledges:levels.caption')}>
      <table class="ds-table">
        <thead>
          <tr>
            <th scope="col">{say('pledges:list.family')}</th>
            {columns.map((column) => (
              <th scope="col" class="num">
                {say(`pledges:levels.${column}`)}
              </th>
            ))}
            <th scope="col">{say('pledges:levels.chart')}</th>
          </tr>
        </thead>
        <tbody>
          {marks.map((mark) => (
            <MarkLine {...{ mark, most, say, language }} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function MarkLine({
  mark,
  most,
  say,
  language,
}: Omit<Drawn, 'marks'> & { mark: Mark; most: number }) {
  const { family, lastYearMinutes, askedMinutes, promisedMinutes } = mark
  const cells = [
    lastYearMinutes,
    askedMinutes,
    promisedMinutes,
    mark.confirmedMinutes,
    mark.missingMinutes,
  ]
  return (
    <tr>
      <th scope="row">{say(`campaigns:family.${family}`)}</th>
      {cells.map((value) => (
        <td class="num">
          {value === undefined ? '—' : <Hours value={value} language={language} />}
        </td>
      ))}
      <td>
        {promisedMinutes === 0n ? (
          <span class="num">{say('pledges:levels.missing')}</span>
        ) : (
          <meter
            min={0}
            max={most}
            value={Number(promisedMinutes)}
            aria-label={say('pledges:levels.against', {
              promised: formatHours(promisedMinutes, language),
              missing: formatHours(mark.missingMinutes, language),
            })}
          />
        )}
      </td>
    </tr>
  )
}
