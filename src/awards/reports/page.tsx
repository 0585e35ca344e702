import { formatDay } from '#kit'
import type { Place } from '#people'
import {
  Euros,
  type Filled,
  Hours,
  InstantText,
  Notice,
  Page,
  RefusalSummary,
  Tag,
} from '#platform'
import type { Award } from '../store.ts'
import { CertifiedReport } from './certified.tsx'
import { ReportDeeds } from './deeds.tsx'
import type { HoursUsed } from './facts.ts'
import type { Planned } from './planned.ts'
import { ReportForm } from './report-form.tsx'
import { type ReportFacts, type ReportStep, reportStateOf } from './rules.ts'
import { stateColor } from './state-color.ts'
import type { Certified, Draft, Repayment } from './store.ts'

export type ReportView = {
  place: Place
  award: Award
  facts: ReportFacts<ReportStep>
  hours: HoursUsed[]
  /** Shown to the association alone: what is not certified is not said yet. */
  draft: Draft | undefined
  /** From the request, while nothing was written yet. */
  planned: Planned | undefined
  certified: Certified | undefined
  repayments: Repayment[]
  /** Writes the draft, certifies it, answers a formal notice, or acts for the commune. */
  may: { write: boolean; certify: boolean; observe: boolean; act: boolean }
  filled: Filled
}

/** One financial report: where it stands, what to do now, what was certified, what happened. */
export function ReportPage(view: ReportView) {
  const { place, award, facts, filled, certified } = view
  const { say, language } = place
  const state = reportStateOf(facts)
  const title = say('awards:report.title', { name: award.associationName })
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p>
        <Tag color={stateColor[state]}>{say(`awards:report.state.${state}`)}</Tag>{' '}
        {say('awards:report.dueOn', { day: formatDay(facts.dueOn, language) })}{' '}
        <a class="ds-link" href={`${place.path}/decisions/${award.id}`}>
          {say('awards:report.backToAward')}
        </a>
      </p>
      <RefusalSummary filled={filled} />
      <Asked view={view} />
      <Granted view={view} />
      {view.may.observe && <ReportDeeds view={view} />}
      {view.may.write && <ReportForm view={view} />}
      {certified && <CertifiedReport view={view} certified={certified} />}
      {!certified && !view.may.write && <Notice>{say('awards:report.nothingYet')}</Notice>}
      {view.may.act && <ReportDeeds view={view} />}
      <History view={view} />
    </Page>
  )
}

/** What was asked last, in the commune's own words, at the head of the page. */
function Asked({ view: { place, facts } }: { view: ReportView }) {
  const { say, language } = place
  const last = facts.steps.at(-1)
  if (last?.kind !== 'returned' && last?.kind !== 'noticed') return null
  const day = last.answerBy ? formatDay(last.answerBy, language) : ''
  return (
    <Notice color="warning">
      <p>{say(`awards:report.asked.${last.kind}`, { day })}</p>
      <p class="version">{last.words}</p>
    </Notice>
  )
}

/** Two parts, never one sum (DOMAIN 0.1, rule 2). */
function Granted({ view: { place, award, hours } }: { view: ReportView }) {
  const { say, language } = place
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:report.granted')}
      </h2>
      <dl class="facts">
        <dt>{say('awards:award.cash')}</dt>
        <dd>
          <Euros value={award.cashCents} language={language} />
        </dd>
        <dt>{say('awards:paid')}</dt>
        <dd>
          <Euros value={award.paidCents} language={language} />
        </dd>
      </dl>
      {hours.length > 0 && <HoursTable place={place} hours={hours} />}
    </section>
  )
}

function HoursTable({ place, hours }: { place: Place; hours: HoursUsed[] }) {
  const { say, language } = place
  const label = say('awards:report.hours.title')
  return (
    <section class="table-scroll" tabindex={0} aria-label={label}>
      <table class="ds-table" data-size="sm">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{say('awards:report.hours.family')}</th>
            <th scope="col" class="num">
              {say('awards:report.hours.allocated')}
            </th>
            <th scope="col" class="num">
              {say('awards:report.hours.done')}
            </th>
            <th scope="col" class="num">
              {say('awards:report.hours.lost')}
            </th>
          </tr>
        </thead>
        <tbody>
          {hours.map((own) => (
            <tr>
              <th scope="row">{say(`campaigns:family.${own.family}`)}</th>
              {[own.allocatedMinutes, own.doneMinutes, own.lostMinutes].map((value) => (
                <td class="num">
                  <Hours value={value} language={language} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{say('awards:report.hours.note')}</p>
    </section>
  )
}

function History({ view: { place, award, facts, repayments } }: { view: ReportView }) {
  const { say, language } = place
  if (facts.steps.length === 0) return null
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:report.history')}
      </h2>
      <ol class="ds-list">
        {facts.steps.map((step) => (
          <li>
            <InstantText value={step.doneAt} language={language} />{' '}
            {say(`awards:report.step.${step.kind}`, { name: step.doneByName })}
            {step.askedCents !== undefined && (
              <>
                {' '}
                <Euros value={step.askedCents} language={language} />
              </>
            )}
            {step.words !== '' && <span class="version">{step.words}</span>}
            {step.documentId && (
              <>
                {' '}
                <a
                  class="ds-link"
                  href={`${place.path}/decisions/${award.id}/letters/${step.documentId}`}
                >
                  {say(`awards:report.letter.${step.kind}`)}
                </a>
              </>
            )}
          </li>
        ))}
        {repayments.map(({ repaidCents, repaidOn, receiptNumber }) => (
          <li>
            {say('awards:report.repaidOn', {
              day: formatDay(repaidOn, language),
              receiptNumber,
            })}{' '}
            <Euros value={repaidCents} language={language} />
          </li>
        ))}
      </ol>
    </section>
  )
}
