import { dayOf } from '#kit'
import type { EntryProof } from '#ledger'
import type { Place } from '#people'
import {
  DayText,
  Euros,
  type Filled,
  Hours,
  Notice,
  Page,
  RefusalSummary,
  Submit,
  TextField,
} from '#platform'
import { type Receipt, receiptNumber } from '../issue.ts'
import type { Verified } from '../verify.ts'

export function VerifyPage({ place, filled }: { place: Place; filled: Filled }) {
  const { say } = place
  return (
    <Page frame={place.frame} title={say('receipts:verify.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('receipts:verify.title')}
      </h1>
      <p class="lead">{say('receipts:verify.lead')}</p>
      <form class="stack ds-card" method="get" action={`${place.path}/verify`}>
        <RefusalSummary filled={filled} />
        <TextField filled={filled} name="code" label={say('receipts:verify.code')} />
        <Submit>{say('receipts:verify.button')}</Submit>
      </form>
    </Page>
  )
}

type Night = EntryProof['digests'][number]

/** Anyone may read it: figures and organisations, nobody's name. */
export function VerifiedPage({
  place,
  verified,
  night,
}: {
  place: Place
  verified: Verified
  /** The night whose digest seals the receipt's entry, once it has. */
  night: Night | undefined
}) {
  const { say, language } = place
  const { document, digestMatches, receipt, link } = verified
  return (
    <Page frame={place.frame} title={say('receipts:verify.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('receipts:verify.title')}
      </h1>
      <Verdict place={place} verified={verified} />
      <dl class="facts ds-card">
        <dt>{say('receipts:verify.kind')}</dt>
        <dd>{say(`receipts:kind.${document.kind}`)}</dd>
        {receipt ? (
          <ReceiptFacts place={place} receipt={receipt} />
        ) : (
          <>
            <dt>{say('receipts:column.number')}</dt>
            <dd>{document.number}</dd>
          </>
        )}
        <dt>{say('receipts:column.date')}</dt>
        <dd>
          <DayText value={dayOf(document.madeAt)} language={language} />
        </dd>
        <dt>{say('receipts:verify.digest')}</dt>
        <dd>
          <code>{document.sha256}</code>{' '}
          {say(digestMatches ? 'receipts:verify.same' : 'receipts:verify.changed')}
        </dd>
        {link && (
          <>
            <dt>{say('receipts:verify.chain')}</dt>
            <dd>
              {say('receipts:verify.position', { seq: String(link.seq) })} <code>{link.hash}</code>
            </dd>
          </>
        )}
        {night && (
          <>
            <dt>{say('receipts:verify.night')}</dt>
            <dd>
              <DayText value={night.day} language={language} />, <code>{night.digest}</code>
            </dd>
          </>
        )}
      </dl>
      {link && <ProofCard place={place} code={document.verificationCode} night={night} />}
    </Page>
  )
}

function ProofCard({
  place: { say, path, language },
  code,
  night,
}: {
  place: Place
  code: string
  night: Night | undefined
}) {
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('receipts:proof.title')}
      </h2>
      {night ? (
        <>
          <p class="ds-paragraph">
            {say('receipts:proof.lead')} <DayText value={night.day} language={language} />.
          </p>
          <p>
            <a class="ds-button" href={`${path}/verify/${encodeURIComponent(code)}/proof.json`}>
              {say('receipts:proof.download')}
            </a>{' '}
            <a class="ds-link" href={`${path}/verify/digests.json`}>
              {say('receipts:proof.digests')}
            </a>
          </p>
        </>
      ) : (
        <p class="ds-paragraph">{say('receipts:proof.tonight')}</p>
      )}
    </section>
  )
}

function Verdict({ place, verified }: { place: Place; verified: Verified }) {
  const { say } = place
  if (!verified.digestMatches)
    return <Notice color="danger">{say('receipts:verify.broken')}</Notice>
  if (verified.receipt?.cancellation)
    return <Notice color="warning">{say('receipts:verify.cancelled')}</Notice>
  return <Notice color="success">{say('receipts:verify.good')}</Notice>
}

function ReceiptFacts({ place, receipt }: { place: Place; receipt: Receipt }) {
  const { say, language } = place
  return (
    <>
      <dt>{say('receipts:column.number')}</dt>
      <dd>{receiptNumber(receipt)}</dd>
      <dt>{say('receipts:verify.from')}</dt>
      <dd>{receipt.companyName}</dd>
      <dt>{say('receipts:verify.to')}</dt>
      <dd>{receipt.associationName}</dd>
      <dt>{say('receipts:verify.period')}</dt>
      <dd>
        <DayText value={receipt.fromDay} language={language} /> –{' '}
        <DayText value={receipt.toDay} language={language} />
      </dd>
      <dt>{say('receipts:column.hours')}</dt>
      <dd>
        <Hours value={receipt.receiptedMinutes} language={language} />
      </dd>
      <dt>{say('receipts:column.value')}</dt>
      <dd>
        <Euros value={receipt.valueCents} language={language} />
      </dd>
    </>
  )
}
