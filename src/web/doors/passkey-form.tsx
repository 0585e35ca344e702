import type { Child } from 'hono/jsx'
import type { Say } from '#platform'

/**
 * A form that the browser fills in by asking the phone or the key. Without scripts, or where there
 * are no passkeys, `without` stands in its place: the link by mail is always there.
 */
export function PasskeyForm({
  say,
  action,
  challenge,
  without,
  children,
}: {
  say: Say
  action: string
  /** The address that gives the question to ask. */
  challenge: string
  without?: string
  children: Child
}) {
  return (
    <metis-passkey data-challenge={challenge}>
      {without && <p class="hint">{without}</p>}
      <form class="stack" method="post" action={action}>
        <input type="hidden" name="answer" value="" />
        <input type="hidden" name="ticket" value="" />
        {children}
        <p class="ds-validation-message" role="status" data-refused={say('doors:passkey.silent')} />
      </form>
    </metis-passkey>
  )
}
