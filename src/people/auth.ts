import { betterAuth } from 'better-auth'
import { magicLink } from 'better-auth/plugins'
import { newId } from '#kit'
import { type Config, type Db, sayIn, writeMail } from '#platform'

const LINK_SECONDS = 15 * 60

export type Auth = ReturnType<typeof createAuth>

/** Sign-in by a link sent to one's mailbox. Nobody signs up alone: one is invited. */
export function createAuth(db: Db, config: Config, linkSeconds = LINK_SECONDS) {
  return betterAuth({
    appName: 'METIS',
    baseURL: config.url,
    basePath: '/api/auth',
    secret: config.secret,
    database: { db, type: 'postgres', transaction: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: { database: { generateId: () => newId() } },
    user: { modelName: 'people' },
    session: { modelName: 'sessions', fields: { userId: 'personId' } },
    account: { modelName: 'signInAccounts', fields: { userId: 'personId' } },
    verification: { modelName: 'verifications' },
    plugins: [
      magicLink({
        expiresIn: linkSeconds,
        disableSignUp: true,
        storeToken: 'hashed',
        sendMagicLink: ({ email, token, metadata }) =>
          mailLink(db, config, email, linkAddress(config, token, metadata?.['to'])),
      }),
    ],
  })
}

/** The link to print for someone who reads the terminal: the operator, the cast of the demo. */
export async function signInLink(db: Db, config: Config, email: string): Promise<string> {
  let printed = ''
  const seconds = 24 * 3600
  const auth = betterAuth({
    ...createAuth(db, config).options,
    plugins: [
      magicLink({
        expiresIn: seconds,
        disableSignUp: true,
        storeToken: 'hashed',
        sendMagicLink: ({ token }) => {
          printed = linkAddress(config, token, undefined)
        },
      }),
    ],
  })
  await auth.api.signInMagicLink({ body: { email }, headers: new Headers() })
  return printed
}

function linkAddress(config: Config, token: string, to: unknown): string {
  const after = typeof to === 'string' ? `?to=${encodeURIComponent(to)}` : ''
  return `${config.url}/sign-in/${token}${after}`
}

/** Same answer on screen whether the address is known or not; only a known one gets a mail. */
async function mailLink(db: Db, config: Config, email: string, link: string): Promise<void> {
  const person = await db
    .selectFrom('people')
    .select('id')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
  if (!person) return
  const say = sayIn('fr')
  await writeMail(db, {
    recipient: email,
    subject: say('people:link.subject', { url: config.url }),
    body: say('people:link.body', { link, minutes: LINK_SECONDS / 60 }),
  })
}
