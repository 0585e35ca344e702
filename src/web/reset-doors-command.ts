import { parseArgs } from 'node:util'
import { noteAtDoor, personByEmail, resetDoors } from '#people'
import { type Opened, UnusableSettings, writeMail } from '#platform'
import type { Io } from './commands.ts'
import { letterTo } from './doors/letters.ts'

const help =
  'metis reset-doors EMAIL --reason "…" [--json]: removes the second factor, the recovery codes and the passkeys of a person, and ends their sessions. Noted in the journal; the person is told by mail.'

/** The last way when a commune's only administrator lost their telephone: the operator, at the terminal. */
export async function runResetDoors(
  args: string[],
  io: Io,
  open: () => Promise<Opened>,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      reason: { type: 'string' },
    },
    allowPositionals: true,
  })
  const [email] = positionals
  if (values.help) {
    io.out(help)
    return 0
  }
  if (!email || !values.reason) throw new UnusableSettings(help)
  const { db, close } = await open()
  try {
    const person = await personByEmail(db, email)
    if (!person) throw new UnusableSettings(`Nobody has the address ${email}.`)
    await resetDoors(db, person.id)
    await noteAtDoor(db, {
      personId: person.id,
      by: 'operator',
      action: 'door.reset',
      details: { reason: values.reason },
      at: new Date(),
    })
    await writeMail(db, letterTo(person.email, 'doors:letter.reset', { by: 'METIS' }))
    io.out(values.json ? JSON.stringify({ reset: person.id }) : `${person.name}: doors reset.`)
    return 0
  } finally {
    await close()
  }
}
