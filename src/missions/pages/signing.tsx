import { CeremonyNote, underWay } from '#documents'
import { actorOf, type Place, type Role } from '#people'
import { InstantText, Submit, TextField } from '#platform'
import type { Mission } from '../rules/index.ts'
import type { MissionProps } from './mission.tsx'

const parties = ['company', 'association', 'employee'] as const
type Party = (typeof parties)[number]

/** Who has signed, the text itself, and the button of the one who has not. */
export function Signing({ place, mission, signatures, ceremony, filled, views }: MissionProps) {
  const { say } = place
  const action = `${place.path}/missions/${mission.id}`
  const mine = ownParty(place, mission)
  const signed = new Set<string>(signatures.map(({ party }) => party))
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('missions:sign.title')}
      </h2>
      <p class="ds-paragraph">{say('missions:sign.lead')}</p>
      <Signatures place={place} mission={mission} signatures={signatures} />
      <CeremonyNote place={place} ceremony={ceremony} />
      {mine && !signed.has(mine) && !(ceremony && underWay.includes(ceremony.state)) && (
        <form class="stack" method="post" action={`${action}/signatures`}>
          {mine !== 'employee' && (
            <TextField
              filled={filled}
              name="capacity"
              label={say('missions:sign.capacity')}
              value={proposedCapacity(place, mission, mine)}
            />
          )}
          <Submit>
            {say(mine === 'employee' ? 'missions:sign.consent' : 'missions:sign.button')}
          </Submit>
        </form>
      )}
      {(views.includes('company') || views.includes('association')) && (
        <p>
          <a class="ds-link" href={`${action}/agreement`}>
            {say('missions:prepare.again')}
          </a>
        </p>
      )}
      {mine === 'employee' && (
        <form method="post" action={`${action}/withdrawal`}>
          <p class="hint">{say('missions:sign.free')}</p>
          <button class="ds-button" data-variant="tertiary" type="submit">
            {say('missions:applied.withdraw')}
          </button>
        </form>
      )}
    </section>
  )
}

/** The sealed text, who signed it and when, and the digest of the bytes that each of them signed. */
export function Signatures({
  place,
  mission,
  signatures,
}: Pick<MissionProps, 'place' | 'mission' | 'signatures'>) {
  const { say, language } = place
  const byParty = new Map(signatures.map((signature) => [signature.party, signature]))
  const digest = signatures[0]?.documentSha256
  return (
    <>
      <p>
        <a class="ds-link" href={`${place.path}/missions/${mission.id}/agreement.pdf`}>
          {say('missions:sign.read')}
        </a>
      </p>
      <ul class="steps">
        {parties.map((party) => {
          const signature = byParty.get(party)
          return (
            <li class={signature ? 'done' : undefined}>
              {say(`missions:party.${party}`)}
              {signature && (
                <>
                  {' '}
                  — {signature.signatoryName},{' '}
                  <InstantText value={signature.signedAt} language={language} />
                </>
              )}
            </li>
          )
        })}
      </ul>
      {digest && (
        <p class="hint">
          {say('missions:sign.digest')} <code>{digest}</code>
        </p>
      )}
    </>
  )
}

function ownParty(place: Place, mission: Mission): Party | undefined {
  if (mission.chosen?.employeeId === actorOf(place).personId) return 'employee'
  if (roleIn(place, mission.companyId, ['company.csr', 'company.manager'])) return 'company'
  if (roleIn(place, mission.associationId, ['association.representative'])) return 'association'
  return undefined
}

function proposedCapacity(place: Place, mission: Mission, party: Party): string {
  const organisationId = party === 'company' ? mission.companyId : mission.associationId
  const role = roleIn(place, organisationId, [
    'company.csr',
    'company.manager',
    'association.representative',
  ])
  return role ? place.say(`missions:capacity.${role}`) : ''
}

function roleIn(place: Place, organisationId: string, roles: Role[]): Role | undefined {
  return actorOf(place).memberships.find(
    ({ role, organisation }) => organisation.id === organisationId && roles.includes(role),
  )?.role
}
