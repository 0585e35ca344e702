import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  /** PostgreSQL server; without it, the embedded database in `dataDir`. */
  DATABASE_URL: z.string().optional(),
  METIS_DATA: z.string().default('data'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  METIS_URL: z.url().optional(),
  /** Signs sessions. Made and kept in the data folder when absent; required with DATABASE_URL. */
  METIS_SECRET: z.string().min(32).optional(),
  /** Without it, mails stay in the outbox and can be read on the mailbox page of the demo. */
  SMTP_URL: z.string().optional(),
  METIS_MAIL_FROM: z.string().default('METIS <metis@localhost>'),
  METIS_MODE: z.enum(['demo', 'production']).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
})

export type Config = {
  databaseUrl: string | undefined
  dataDir: string
  port: number
  url: string
  secret: string
  smtpUrl: string | undefined
  mailFrom: string
  isDemo: boolean
  logLevel: string
}

/** Reads the environment once; throws one sentence naming each wrong variable. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const parsed = schema.safeParse(env)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new UnusableSettings(`These settings cannot be used: ${wrong.join('; ')}.`)
  }
  const seen = parsed.data
  const isDemo = seen.METIS_MODE ? seen.METIS_MODE === 'demo' : !seen.DATABASE_URL
  if (seen.DATABASE_URL && !seen.METIS_SECRET)
    throw new UnusableSettings('METIS_SECRET (32 signs or more) is needed with DATABASE_URL.')
  return {
    databaseUrl: seen.DATABASE_URL,
    dataDir: seen.METIS_DATA,
    port: seen.PORT,
    url: seen.METIS_URL ?? `http://localhost:${seen.PORT}`,
    secret: seen.METIS_SECRET ?? keptSecret(seen.METIS_DATA),
    smtpUrl: seen.SMTP_URL,
    mailFrom: seen.METIS_MAIL_FROM,
    isDemo,
    logLevel: seen.LOG_LEVEL,
  }
}

/** The world is not as the program needs it: shown as one sentence, without a stack. */
export class UnusableSettings extends Error {}

function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  try {
    if (existsSync(file)) return readFileSync(file, 'utf8').trim()
    mkdirSync(dataDir, { recursive: true })
    const secret = randomBytes(32).toString('hex')
    writeFileSync(file, secret, { mode: 0o600 })
    return secret
  } catch {
    throw new UnusableSettings(
      `The folder "${dataDir}" cannot be written. Give this user the right to write there, or choose another folder: METIS_DATA=/path npm start`,
    )
  }
}
