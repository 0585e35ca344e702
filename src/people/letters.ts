import { sayIn, type Tx, writeMail } from '#platform'

/** In French, whoever it reaches: about accounts, in the transaction of its cause. */
export async function writeLetter(
  tx: Tx,
  recipient: string,
  letter: string,
  values: Record<string, unknown>,
): Promise<void> {
  const say = sayIn('fr')
  await writeMail(tx, {
    recipient,
    subject: say(`${letter}.subject`, values),
    body: say(`${letter}.body`, values),
  })
}
