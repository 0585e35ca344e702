import { parseArgs } from 'node:util'
import { invite, isRoleOf, keyRoles, organisationByIdentifier, roles } from '#people'
import { type Config, type Opened, readConfig, UnusableSettings } from '#platform'
import type { Io } from './commands.ts'
import { isMailAddress } from './doors/enter.tsx'

const help =
  'metis invite EMAIL --organisation SIRET|RNA|ID [--role ROLE] [--json]: invites someone to act for an organisation, in the role that gives the others unless another is named. The link leaves by mail and is printed.'

/** The first key of an organisation has nobody to give it: the operator does, at the terminal. */
export async function runInvite(
  args: string[],
  io: Io,
  open: () => Promise<Opened>,
  config: Config = readConfig(),
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      organisation: { type: 'string' },
      role: { type: 'string' },
    },
    allowPositionals: true,
  })
  if (values.help) {
    io.out(help)
    return 0
  }
  const email = (positionals[0] ?? '').trim().toLowerCase()
  if (!isMailAddress(email) || !values.organisation) throw new UnusableSettings(help)
  const { db, close } = await open()
  try {
    const organisation = await organisationByIdentifier(db, values.organisation)
    if (!organisation)
      throw new UnusableSettings(`No organisation has the number ${values.organisation}.`)
    const role = values.role ?? keyRoles[organisation.kind]
    const own = roles.filter((one) => one.startsWith(`${organisation.kind}.`))
    if (!isRoleOf(role, own))
      throw new UnusableSettings(`"${role}" is not one of: ${own.join(', ')}.`)
    const asked = {
      organisation,
      email,
      role,
      kind: 'colleague' as const,
      mandate: undefined,
      evidence: '',
      invitedBy: undefined,
    }
    const { id, link } = await invite(db, config, { asked, now: new Date() })
    io.out(values.json ? JSON.stringify({ invitation: id, link }) : link)
    return 0
  } finally {
    await close()
  }
}
