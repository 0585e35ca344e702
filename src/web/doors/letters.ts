import { type Mail, sayIn } from '#platform'

/** To the owner of the account, in French as all mail: whoever did it may be someone else. */
export function letterTo(
  recipient: string,
  letter: string,
  values: Record<string, unknown> = {},
): Mail {
  const say = sayIn('fr')
  return {
    recipient,
    subject: say(`${letter}.subject`, values),
    body: say(`${letter}.body`, values),
  }
}
