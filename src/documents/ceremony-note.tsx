import { actorOf, type Place } from '#people'
import { type CeremonyRow, underWay } from './ceremonies-store.ts'

/** Where the signature asked of a provider stands, and what this person may do about it. */
export function CeremonyNote({
  place,
  ceremony,
}: {
  place: Place
  ceremony: CeremonyRow | undefined
}) {
  if (!ceremony || ceremony.state === 'signed' || ceremony.state === 'cancelled') return null
  const { say } = place
  const { provider, state, reason } = ceremony
  const outcome = reason ?? state
  if (!underWay.includes(ceremony.state))
    return (
      <p class="ds-alert" data-color="warning">
        {say(`documents:ceremony.${outcome}`, { provider })}
      </p>
    )
  const isOwn = actorOf(place).personId === ceremony.personId
  return (
    <div class="ds-alert" data-color="info">
      <p>{say(isOwn ? 'documents:ceremony.own' : 'documents:ceremony.other', { provider })}</p>
      {isOwn && ceremony.state !== 'withdrawn' && (
        <>
          {ceremony.link && (
            <p>
              <a class="ds-button" href={ceremony.link} rel="noreferrer">
                {say('documents:ceremony.go', { provider })}
              </a>
            </p>
          )}
          <form method="post" action={`${place.path}/signatures/${ceremony.id}/withdrawal`}>
            <button class="ds-button" data-variant="tertiary" type="submit">
              {say('documents:ceremony.withdraw')}
            </button>
          </form>
        </>
      )}
    </div>
  )
}
