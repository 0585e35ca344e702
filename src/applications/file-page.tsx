import type { Child } from 'hono/jsx'
import type { Campaign } from '#campaigns'
import { addMonths, dayOf, type Refusal } from '#kit'
import { actorOf, type Place } from '#people'
import {
  AreaField,
  asset,
  DayText,
  type Filled,
  InstantText,
  lawOn,
  Notice,
  OnceKey,
  Page,
  RefusalSummary,
  Submit,
} from '#platform'
import type { WholeFile } from './cerfa/file.ts'
import { sectionNames } from './draft-sections.ts'
import type { SetAside } from './draft-store.ts'
import { labelOfAnswer } from './draft-words.ts'
import type { Effect } from './effect.ts'
import { EffectCard } from './effect-card.tsx'
import { FileFacts, type ReadFile } from './facts.tsx'
import type { Deposit, Task } from './rules.ts'
import { TaskLists } from './task-list.tsx'

export type FileView = {
  place: Place
  campaign: Campaign
  file: ReadFile
  draft: WholeFile
  effect: Effect | undefined
  mayDeposit: boolean
  refusals: Refusal[]
  /** What still speaks against the deposit, counted. */
  leftCount: number
  setAsides: SetAside[]
  /** Parts taken from an earlier file that nobody has read again. */
  unread: Task[]
}

/** The home of a draft: what is done, what is left, and the way to hand it over. */
export function DraftPage(view: FileView) {
  const { place, campaign, file, effect, mayDeposit, refusals } = view
  const { say, language } = place
  const { application } = file
  const title = say('applications:file.title', { year: campaign.year })
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <RefusalSummary filled={{ say, typed: {}, refusals }} />
      <p class="lead">
        {application.association.name} · {say('applications:file.closes')}{' '}
        <DayText value={campaign.applicationsCloseOn} language={language} />
      </p>
      <p class="hint">
        {say('applications:file.savedAt')}{' '}
        <InstantText value={application.savedAt} language={language} />
      </p>
      <p>
        {view.leftCount > 0
          ? say('applications:file.left', { count: view.leftCount })
          : say('applications:file.ready')}
      </p>
      <Unsent view={view} />
      <TaskLists view={view} />
      {application.needs.length > 0 && (
        <FileLink href={`${file.path}/progress`}>
          {say('applications:file.generalInterest')}
        </FileLink>
      )}
      {effect && <EffectCard say={say} language={language} effect={effect} />}
      <DepositCard view={view} mayDeposit={mayDeposit} />
      <FileLink href={`${file.path}/form.pdf`}>{say('cerfa:file.draftForm')}</FileLink>
      <FileLink href={`${file.path}/import`}>{say('cerfa:file.import')}</FileLink>
      <SetAsides view={view} />
    </Page>
  )
}

/** Empty, unless this device holds words that the server may lack: nobody hands over without them. */
function Unsent({ view: { place, file } }: { view: FileView }) {
  const { say } = place
  const links = sectionNames.map((name) => [name, say(`applications:task.${name}`)])
  return (
    <>
      <metis-unsent
        data-person={actorOf(place).personId}
        data-path={file.path}
        data-lead={say('applications:draft.unsent')}
        data-links={JSON.stringify(Object.fromEntries(links))}
      />
      <script type="module" src={asset('draft.js')} />
    </>
  )
}

/** The versions that somebody left out when two people had written: to read, and to copy back. */
function SetAsides({ view: { place, file, setAsides } }: { view: FileView }) {
  const { say, language } = place
  if (setAsides.length === 0) return null
  return (
    <details>
      <summary>{say('applications:asides.title')}</summary>
      <ul class="todo">
        {setAsides.map(({ field, value, writtenBy, setAsideBy, setAsideAt }) => (
          <li>
            <div>
              <b>{labelOfAnswer(say, field, file.application)}</b>
              <p class="version">{value || '—'}</p>
              <p class="hint">
                {say('applications:asides.written', {
                  name: writtenBy ?? '—',
                  chooser: setAsideBy,
                })}{' '}
                <InstantText value={setAsideAt} language={language} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}

function DepositCard({ view, mayDeposit }: { view: FileView; mayDeposit: boolean }) {
  const { place, file, unread } = view
  const { say } = place
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('applications:deposit.title')}
      </h2>
      <p>{say('applications:deposit.lead')}</p>
      <Attestation say={say} />
      {unread.length > 0 && (
        <p class="ds-alert" data-color="warning">
          {say('applications:deposit.unread')}{' '}
          {unread.map((task) => say(`applications:task.${task}`)).join(', ')}
        </p>
      )}
      {mayDeposit ? (
        <form class="stack" method="post" action={`${file.path}/deposit`}>
          <OnceKey />
          <Submit>{say('applications:deposit.button')}</Submit>
        </form>
      ) : (
        <p>{say('applications:deposit.representativeOnly')}</p>
      )}
    </section>
  )
}

/** Form 12156*06, part 7: who hands the file over says this, in the name of the association. */
function Attestation({ say }: { say: Place['say'] }) {
  return (
    <>
      <p>{say('cerfa:attest.lead')}</p>
      <ul class="ds-list">
        {(['obligations', 'exact', 'charter', 'members'] as const).map((one) => (
          <li>{say(`cerfa:attest.${one}`)}</li>
        ))}
      </ul>
    </>
  )
}

/** The file once handed over: read only, with its receipt. */
export function DepositedPage({
  place,
  file,
  deposit,
  isOwn,
  mayWithdraw,
  filled,
}: {
  place: Place
  file: ReadFile
  deposit: Deposit
  isOwn: boolean
  mayWithdraw: boolean
  filled: Filled
}) {
  const { say, language } = place
  const { application, path } = file
  return (
    <Page frame={place.frame} title={application.projectTitle}>
      <div class="head">
        <h1 class="ds-heading" data-size="lg">
          {application.projectTitle}
        </h1>
        <div class="actions">
          <Way href={isOwn ? `${path}/progress` : `${path}/review`}>
            {isOwn ? say('applications:file.progress') : say('applications:file.review')}
          </Way>
        </div>
      </div>
      <RefusalSummary filled={filled} />
      {application.withdrawnAt && (
        <Notice color="warning">
          {say('applications:withdrawal.done')}{' '}
          <InstantText value={application.withdrawnAt} language={language} />
        </Notice>
      )}
      <Notice color="success">
        {say('applications:deposited.notice', { number: deposit.number })}{' '}
        <InstantText value={deposit.depositedAt} language={language} />
      </Notice>
      {isOwn && !application.withdrawnAt && <AfterDeposit place={place} deposit={deposit} />}
      <FileLink href={`${path}/receipt.pdf`}>{say('applications:deposited.receipt')}</FileLink>
      <FileLink href={`${path}/form.pdf`}>{say('cerfa:file.form')}</FileLink>
      <FileLink href={`${path}/cerfa.json`}>{say('cerfa:file.export')}</FileLink>
      {isOwn && (
        <FileLink href={`${path}/readers`}>{say('applications:deposited.readers')}</FileLink>
      )}
      <FileFacts file={file} />
      {isOwn && !file.bankAccount && (
        <FileLink href={`${path}/bank-account`}>{say('pieces:bank.name')}</FileLink>
      )}
      {mayWithdraw && <Withdrawal path={path} filled={filled} />}
    </Page>
  )
}

/** Closed until asked for: nobody withdraws by a slip. */
function Withdrawal({ path, filled }: { path: string; filled: Filled }) {
  const { say, refusals } = filled
  return (
    <details open={refusals.some(({ field }) => field === 'reason')}>
      <summary>{say('applications:withdrawal.title')}</summary>
      <form class="stack narrow" method="post" action={`${path}/withdrawal`}>
        <p>{say('applications:withdrawal.lead')}</p>
        <AreaField
          filled={filled}
          name="reason"
          label={say('applications:withdrawal.reason')}
          hint={say('applications:withdrawal.reasonHint')}
          rows={3}
        />
        <button class="ds-button" data-color="danger" data-variant="secondary" type="submit">
          {say('applications:withdrawal.button')}
        </button>
      </form>
    </details>
  )
}

// CRPA art. L.112-11 and R.112-11-1: the receipt is drawn at once, well within its ten working days.
function AfterDeposit({ place, deposit }: { place: Place; deposit: Deposit }) {
  const { say, language } = place
  const depositedOn = dayOf(deposit.depositedAt)
  const law = lawOn(depositedOn)
  return (
    <p>
      {say('applications:deposited.acknowledged', { days: law.acknowledgementWorkingDays })}{' '}
      {say('applications:deposited.silence', { count: law.implicitRejectionMonths })}{' '}
      <DayText value={addMonths(depositedOn, law.implicitRejectionMonths)} language={language} />
      {'. '}
      {say('applications:deposited.missing')}
    </p>
  )
}

function FileLink({ href, children }: { href: string; children?: Child }) {
  return (
    <p>
      <a class="ds-link" href={href}>
        {children}
      </a>
    </p>
  )
}

function Way({ href, children }: { href: string; children?: Child }) {
  return (
    <a class="ds-button" href={href}>
      {children}
    </a>
  )
}
