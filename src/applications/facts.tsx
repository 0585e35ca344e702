import type { Child } from 'hono/jsx'
import type { Cents } from '#kit'
import { DayText, Euros, Hours, type Language, type Say } from '#platform'
import type { BankAccount } from './bank-store.ts'
import { CerfaFacts } from './cerfa/facts.tsx'
import type { Cerfa } from './cerfa/file.ts'
import { PieceLine } from './piece-line.tsx'
import type { PieceHead } from './pieces-store.ts'
import { identifierOf } from './receipt.ts'
import { type Application, askedMinutes } from './rules.ts'

export type ReadFile = {
  say: Say
  language: Language
  /** `/valmont/applications/…`: where its pieces are read. */
  path: string
  application: Application
  envelopeName: string | undefined
  pieces: PieceHead[]
  /** Where a grant would be paid, masked. */
  bankAccount: BankAccount | undefined
  opensBankAccount: boolean
  hasAntivirus: boolean
  /** For agents of a commune where no antivirus looks at what associations send. */
  warnsUnscanned: boolean
  cerfa: Cerfa
  /** Telephones and mailboxes are shown too. */
  showsContacts: boolean
}

/** The whole file to read: as deposited, by whoever may. */
export function FileFacts({ file }: { file: ReadFile }) {
  const { say, application, envelopeName, language } = file
  const { association, askedCents, usefulCents, needs } = application
  const euros = (value: Cents | null) =>
    value === null ? '—' : <Euros value={value} language={language} />
  return (
    <>
      <Card title={say('applications:facts.project')}>
        <dl class="facts">
          <Fact term={say('applications:facts.association')}>
            {association.name} — {identifierOf(association)}
          </Fact>
          <Fact term={say('applications:facts.title')}>{application.projectTitle || '—'}</Fact>
          <Fact term={say('applications:facts.summary')}>{application.projectSummary || '—'}</Fact>
          <Fact term={say('applications:facts.beneficiaries')}>
            {application.beneficiaries || '—'}
          </Fact>
        </dl>
      </Card>
      <Card title={say('applications:facts.money')}>
        <dl class="facts">
          <Fact term={say('applications:facts.envelope')}>{envelopeName ?? '—'}</Fact>
          <Fact term={say('applications:facts.asked')}>{euros(askedCents)}</Fact>
          <Fact term={say('applications:facts.useful')}>{euros(usefulCents)}</Fact>
          <Fact term={say('applications:facts.charges')}>
            {euros(application.budgetChargesCents)}
          </Fact>
          <Fact term={say('applications:facts.products')}>
            {euros(application.budgetProductsCents)}
          </Fact>
        </dl>
      </Card>
      <Card title={say('applications:facts.hours')}>
        {needs.length === 0 ? (
          <p>{say('applications:facts.noNeed')}</p>
        ) : (
          <>
            <p>
              <b>
                <Hours value={askedMinutes(needs)} language={language} />
              </b>
            </p>
            <ul class="todo">
              {needs.map((need) => (
                <NeedLine need={need} say={say} language={language} />
              ))}
            </ul>
          </>
        )}
        {application.cashFallback && (
          <p>{say('applications:facts.fallback', { words: application.cashFallback })}</p>
        )}
      </Card>
      <Card title={say('applications:facts.pieces')}>
        {file.warnsUnscanned && file.pieces.length > 0 && (
          <p class="hint">{say('pieces:scan.none')}</p>
        )}
        <PieceList file={file} />
        {file.bankAccount && (
          <p>
            {say('pieces:bank.short')} {file.bankAccount.holder} — {file.bankAccount.maskedIban}{' '}
            {file.opensBankAccount && (
              <a class="ds-link" href={`${file.path}/bank-account`}>
                {say('pieces:bank.open')}
              </a>
            )}
          </p>
        )}
      </Card>
      <CerfaFacts file={file} />
    </>
  )
}

function NeedLine({
  need,
  say,
  language,
}: {
  need: Application['needs'][number]
  say: Say
  language: Language
}) {
  const { family, minMinutes, maxMinutes, startsOn, endsOn } = need
  return (
    <li class="hours">
      <div>
        <b>{family ? say(`campaigns:family.${family}`) : '—'}</b>
        {' · '}
        {maxMinutes && <Hours value={maxMinutes} language={language} />}{' '}
        {minMinutes && (
          <>
            ({say('applications:facts.usefulFrom')} <Hours value={minMinutes} language={language} />
            )
          </>
        )}
        <p class="hint">{need.deliverable}</p>
        <p class="hint">
          {say(`applications:modality.${need.modality}`)}
          {startsOn && endsOn && (
            <>
              {' · '}
              <DayText value={startsOn} language={language} /> –{' '}
              <DayText value={endsOn} language={language} />
            </>
          )}
        </p>
      </div>
    </li>
  )
}

function PieceList({ file }: { file: ReadFile }) {
  const { say, pieces, path } = file
  if (pieces.length === 0) return <p>{say('applications:facts.noPiece')}</p>
  return (
    <ul class="todo">
      {pieces.map((piece) => (
        <li>
          <PieceLine
            say={say}
            language={file.language}
            filePath={path}
            piece={piece}
            hasAntivirus={file.hasAntivirus}
          />
        </li>
      ))}
    </ul>
  )
}

export function Card({ title, children }: { title: string; children?: Child }) {
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {title}
      </h2>
      {children}
    </section>
  )
}

function Fact({ term, children }: { term: string; children?: Child }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  )
}
