import { CeremonyNote, type CeremonyRow, type Signature, underWay } from '#documents'
import { formatEuros } from '#kit'
import type { Place } from '#people'
import {
  DayText,
  Euros,
  type Filled,
  Hours,
  InstantText,
  OnceKey,
  Page,
  RefusalSummary,
  Tag,
  TextField,
} from '#platform'
import { ScheduleCard, type ScheduleView } from '../instalments/card.tsx'
import type { Payment } from '../payments-store.ts'
import { owesReport } from '../reports/rules.ts'
import { stageOf } from '../stage.ts'
import type { Award } from '../store.ts'
import type { Threshold } from '../threshold-rules.ts'
import { AnswerCard, type Answering } from './answer-card.tsx'
import { ThresholdsCard } from './thresholds-card.tsx'

export type AwardView = {
  place: Place
  award: Award
  payments: Payment[]
  signatures: Signature[]
  /** Of the newest signature asked of a provider outside METIS. */
  ceremony: CeremonyRow | undefined
  /** Both have signed, and METIS has put its seal. */
  isSealed: boolean
  reasons: string[]
  thresholds: Threshold[]
  schedule: ScheduleView
  answering: Answering
  /** The party for which this person may still sign. */
  maySignFor: 'municipality' | 'association' | undefined
  mayPay: boolean
  mayPrepare: boolean
  filled: Filled
}

/** One decision, for the association and for the commune: what, why, what to sign, what was paid. */
export function AwardPage(view: AwardView) {
  const { place, award, filled } = view
  const { say } = place
  const stage = stageOf(award)
  return (
    <Page frame={place.frame} title={say('awards:award.title', { name: award.associationName })}>
      <h1 class="ds-heading" data-size="lg">
        {say('awards:award.title', { name: award.associationName })}
      </h1>
      <p>
        <Tag color={stage.color}>{say(`awards:stage.${stage.name}`)}</Tag>
      </p>
      <RefusalSummary filled={filled} />
      <div class="halves">
        <Decision view={view} />
        <AnswerCard place={place} award={award} answering={view.answering} filled={filled} />
        <Agreement view={view} />
        <Payments view={view} />
        <ThresholdsCard place={place} passed={view.thresholds} />
      </div>
      <ScheduleCard view={view.schedule} />
      {owesReport(award) && (
        <p>
          <a class="ds-link" href={`${place.path}/decisions/${award.id}/report`}>
            {say('awards:report.open')}
          </a>
        </p>
      )}
      {view.reasons.length > 0 && (
        <section class="ds-card">
          <h2 class="ds-heading" data-size="sm">
            {say('awards:award.why')}
          </h2>
          <ul class="ds-list">
            {view.reasons.map((reason) => (
              <li>{reason}</li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}

/** Two parts, never one sum (DOMAIN 0.1, rule 2). */
function Decision({ view: { place, award } }: { view: AwardView }) {
  const { say, language } = place
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:award.decision')}
      </h2>
      <dl class="facts">
        <dt>{say('awards:award.cash')}</dt>
        <dd>
          <Euros value={award.decidedCents} language={language} />
        </dd>
        {award.hours.map((own) => (
          <>
            <dt>{say(`campaigns:family.${own.family}`)}</dt>
            <dd>
              <Hours value={own.minutes} language={language} />{' '}
              {say('awards:award.offeredBy', { company: own.companyName })}
            </dd>
          </>
        ))}
      </dl>
      {award.hours.length > 0 && <p class="hint">{say('awards:award.credit')}</p>}
      {award.notifiedAt && <Letter place={place} award={award} />}
    </section>
  )
}

/** The association takes its letter by a button, which keeps when it did; anyone else follows a link. */
function Letter({ place, award }: { place: Place; award: Award }) {
  const { say, language } = place
  const here = `${place.path}/decisions/${award.id}`
  const isUnread = place.as?.organisation.kind === 'association' && !award.openedAt
  if (isUnread)
    return (
      <form class="stack" method="post" action={`${here}/opening`}>
        <p class="hint">{say('awards:answer.openHint')}</p>
        <div>
          <button class="ds-button" type="submit">
            {say('awards:answer.open')}
          </button>
        </div>
      </form>
    )
  return (
    <p>
      <a class="ds-link" href={`${here}/notice.pdf`}>
        {say('awards:award.notice')}
      </a>{' '}
      {award.notifiedAt && <InstantText value={award.notifiedAt} language={language} />}
    </p>
  )
}

function Agreement({ view }: { view: AwardView }) {
  const { place, award, signatures, isSealed, mayPrepare } = view
  const { say, language } = place
  if (!award.agreementDocumentId && !mayPrepare) return null
  const here = `${place.path}/decisions/${award.id}`
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:agreement.title')}
      </h2>
      {award.agreementDocumentId ? (
        <>
          <p>
            <a class="ds-link" href={`${here}/agreement.pdf`}>
              {say('awards:agreement.read')}
            </a>
          </p>
          <ul class="ds-list">
            {(['municipality', 'association'] as const).map((party) => {
              const signed = signatures.find((signature) => signature.party === party)
              return (
                <li>
                  {say(`awards:agreement.${party}`)}
                  {' : '}
                  {signed ? (
                    <>
                      {say('awards:agreement.signedBy', { name: signed.signatoryName })}{' '}
                      <InstantText value={signed.signedAt} language={language} />
                    </>
                  ) : (
                    say('awards:agreement.waiting')
                  )}
                </li>
              )
            })}
          </ul>
          {isSealed && (
            <p>
              <a class="ds-link" href={`${here}/sealed.pdf`}>
                {say('awards:agreement.sealed')}
              </a>
              <br />
              <span class="hint">{say('awards:agreement.sealedHint')}</span>
            </p>
          )}
          {signatures.length > 0 && (
            <p>
              {say('awards:agreement.evidence')}{' '}
              <a class="ds-link" href={`${here}/evidence.pdf`}>
                PDF
              </a>{' '}
              <a class="ds-link" href={`${here}/evidence.json`}>
                JSON
              </a>
            </p>
          )}
          <CeremonyNote place={place} ceremony={view.ceremony} />
          <SignForm view={view} />
        </>
      ) : (
        <form method="post" action={`${here}/agreement`}>
          <p>{say('awards:agreement.none')}</p>
          <button class="ds-button" data-variant="secondary" type="submit">
            {say('awards:agreement.prepare')}
          </button>
        </form>
      )}
    </section>
  )
}

function SignForm({ view }: { view: AwardView }) {
  const { place, award, ceremony, maySignFor, filled } = view
  const { say } = place
  if (!maySignFor || (ceremony && underWay.includes(ceremony.state))) return null
  return (
    <form class="stack" method="post" action={`${place.path}/decisions/${award.id}/signature`}>
      <TextField
        filled={filled}
        name="capacity"
        label={say('awards:agreement.capacity')}
        hint={say('awards:agreement.capacityHint')}
        value={say(`awards:agreement.usual.${maySignFor}`)}
      />
      <div>
        <button class="ds-button" type="submit">
          {say('awards:agreement.sign')}
        </button>
      </div>
    </form>
  )
}

function Payments({ view }: { view: AwardView }) {
  const { place, award, payments, mayPay } = view
  const { say, language } = place
  if (award.cashCents === 0n) return null
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:payment.title')}
      </h2>
      <p>
        {say('awards:payment.sum', {
          paid: formatEuros(award.paidCents, language),
          granted: formatEuros(award.cashCents, language),
        })}
      </p>
      {payments.length > 0 && (
        <ul class="ds-list">
          {payments.map(({ paidCents, paidOn, orderNumber }) => (
            <li>
              <DayText value={paidOn} language={language} />
              {' : '}
              <Euros value={paidCents} language={language} />{' '}
              {say('awards:payment.order', { orderNumber })}
            </li>
          ))}
        </ul>
      )}
      {mayPay && <PaymentForm view={view} />}
    </section>
  )
}

function PaymentForm({ view: { place, award, filled } }: { view: AwardView }) {
  const { say, today } = place
  return (
    <form class="stack" method="post" action={`${place.path}/decisions/${award.id}/payments`}>
      <OnceKey />
      <TextField
        filled={filled}
        name="paidCents"
        inputmode="decimal"
        suffix="€"
        label={say('awards:payment.amount')}
      />
      <TextField
        filled={filled}
        name="paidOn"
        type="date"
        label={say('awards:payment.on')}
        value={today}
      />
      <TextField filled={filled} name="orderNumber" label={say('awards:payment.orderNumber')} />
      <div>
        <button class="ds-button" type="submit">
          {say('awards:payment.record')}
        </button>
      </div>
    </form>
  )
}
