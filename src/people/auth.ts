import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { magicLink } from 'better-auth/plugins'
import { z } from 'zod'
import { newId } from '#kit'
import { type Config, type Db, isLanguage, sayIn, writeMail } from '#platform'
import { hasSecondFactor } from './second-factor-store.ts'

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
    advanced: {
      // Joins: a session and its person in one question.
      database: { generateId: () => newId(), joins: true },
      // Where a person was is nobody's business: no address is kept with a session.
      ipAddress: { disableIpTracking: true },
    },
    user: { modelName: 'people' },
    session: {
      modelName: 'sessions',
      fields: { userId: 'personId' },
      additionalFields: {
        enteredBy: { type: 'string', required: false, input: false },
        awaitsCode: { type: 'boolean', required: false, input: false },
        provenAt: { type: 'date', required: false, input: false },
        lastSeenAt: { type: 'date', required: false, input: false },
      },
    },
    account: { modelName: 'signInAccounts', fields: { userId: 'personId' } },
    verification: { modelName: 'verifications' },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({
            data: { ...session, awaitsCode: await hasSecondFactor(db, session.userId) },
          }),
        },
      },
    },
    plugins: [
      enterAs,
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

const entering = z.object({
  personId: z.string(),
  enteredBy: z.enum(['link', 'passkey', 'provider', 'demo']),
  isProven: z.boolean(),
})

/** The door behind the doors that are ours: opens a session for someone already recognised. */
const enterAs = {
  id: 'metis-doors',
  endpoints: {
    enterAs: createAuthEndpoint(
      '/metis/sessions',
      { method: 'POST', body: entering, metadata: { SERVER_ONLY: true } },
      async (context) => {
        const { personId, enteredBy, isProven } = context.body
        const user = await context.context.internalAdapter.findUserById(personId)
        if (!user) throw new Error('nobody to open a session for')
        const more = { enteredBy, ...(isProven ? { provenAt: new Date() } : {}) }
        const session = await context.context.internalAdapter.createSession(personId, false, more)
        await setSessionCookie(context, { session, user })
        return context.json({ sessionId: session.id })
      },
    ),
  },
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
    .select('language')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
  if (!person) return
  const say = sayIn(isLanguage(person.language) ? person.language : 'fr')
  await writeMail(db, {
    recipient: email,
    subject: say('people:link.subject', { url: config.url }),
    body: say('people:link.body', { link, minutes: LINK_SECONDS / 60 }),
  })
}
