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
  /** Opens the keys of files at rest; required for a real installation on a server. */
  METIS_MASTER_KEY: z.string().min(32).optional(),
  /** The one before, while `metis rotate-keys` changes it. */
  METIS_MASTER_KEY_PREVIOUS: z.string().min(32).optional(),
  /** The antivirus: `host:port`, or the path of a socket. */
  METIS_CLAMD: z
    .string()
    .regex(
      /^(?:\/.+|[^\s/:]+:\d{1,5}|\[[0-9a-f:]+\]:\d{1,5})$/i,
      'write host:port, or /path/to/socket',
    )
    .optional(),
  /** Without it, mails stay in the outbox and can be read on the mailbox page of the demo. */
  SMTP_URL: z.string().optional(),
  METIS_MAIL_FROM: z.string().default('METIS <metis@localhost>'),
  /** Who is told when the nightly check finds a row that does not hold. */
  METIS_OPERATOR_MAIL: z.email().optional(),
  METIS_MODE: z.enum(['demo', 'production']).optional(),
  /** `offered`: only those who have one are asked for it. */
  METIS_SECOND_FACTOR: z.enum(['required', 'offered']).optional(),
  /** Sign-in at an OpenID provider; all three or none. */
  METIS_OIDC_ISSUER: z.url().optional(),
  METIS_OIDC_CLIENT_ID: z.string().optional(),
  METIS_OIDC_CLIENT_SECRET: z.string().optional(),
  METIS_OIDC_PRESET: z.enum(['proconnect', 'generic']).default('generic'),
  METIS_OIDC_NAME: z.string().max(60).optional(),
  METIS_OIDC_SCOPES: z.string().optional(),
  METIS_OIDC_ALG: z.enum(['RS256', 'PS256', 'ES256', 'EdDSA']).default('RS256'),
  /** Public registers, each by its base address; without one, nobody is asked. */
  METIS_COMPANIES_URL: z.url().optional(),
  METIS_ASSOCIATIONS_URL: z.url().optional(),
  /** The operator's own certificate for the seal on PDFs: a PKCS#12 file and its password. */
  METIS_SEAL_FILE: z.string().optional(),
  METIS_SEAL_PASSWORD: z.string().default(''),
  /** Whose name stands in the certificate that METIS makes when there is no such file. */
  METIS_SEAL_NAME: z.string().min(1).max(60).optional(),
  /** A provider of signatures outside METIS: its connector, our key there, its secret here. */
  METIS_SIGNATURE_URL: z.url().optional(),
  METIS_SIGNATURE_KEY: z.string().min(16).optional(),
  METIS_SIGNATURE_SECRET: z.string().min(32).optional(),
  METIS_SIGNATURE_NAME: z.string().min(1).max(60).optional(),
  METIS_SIGNATURE_LEVEL: z.enum(['simple', 'advanced', 'qualified']).default('advanced'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
})

export type Config = {
  databaseUrl: string | undefined
  dataDir: string
  port: number
  url: string
  secret: string
  /** Without it, the secret opens the keys of files. */
  masterKey?: string
  previousMasterKey?: string
  clamd?: string
  smtpUrl: string | undefined
  mailFrom: string
  operatorMail?: string
  isDemo: boolean
  secondFactor: 'required' | 'offered'
  provider?: ProviderConfig
  /** Base addresses of Recherche d'entreprises and API Association, where they are asked. */
  registries?: { companies?: string | undefined; associations?: string | undefined }
  /** The operator's PKCS#12 for the seal on PDFs; without it METIS makes its own. */
  sealFile?: { path: string; password: string }
  sealName?: string
  /** Who signs agreements instead of METIS, where the settings name one. */
  signatureService?: SignatureService
  logLevel: string
}

/** A provider of signatures behind the connector of docs/signatures.md. */
export type SignatureService = {
  name: string
  level: 'simple' | 'advanced' | 'qualified'
  url: string
  key: string
  /** Proves that a call to our webhook comes from it. */
  secret: string
}

/** An OpenID provider, as its settings describe it. */
export type ProviderConfig = {
  issuer: string
  clientId: string
  clientSecret: string
  name: string
  scopes: string
  alg: string
  /** Its scopes, claims and signed userinfo; no parameter that it would refuse. */
  isProConnect: boolean
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
  if (seen.DATABASE_URL && !isDemo && !seen.METIS_MASTER_KEY)
    throw new UnusableSettings(
      'METIS_MASTER_KEY (32 signs or more, another than METIS_SECRET) is needed with DATABASE_URL: it opens the files at rest. Keep a copy away from the database.',
    )
  return {
    databaseUrl: seen.DATABASE_URL,
    dataDir: seen.METIS_DATA,
    port: seen.PORT,
    url: seen.METIS_URL ?? `http://localhost:${seen.PORT}`,
    secret: seen.METIS_SECRET ?? keptSecret(seen.METIS_DATA),
    ...(seen.METIS_MASTER_KEY && { masterKey: seen.METIS_MASTER_KEY }),
    ...(seen.METIS_MASTER_KEY_PREVIOUS && { previousMasterKey: seen.METIS_MASTER_KEY_PREVIOUS }),
    ...(seen.METIS_CLAMD && { clamd: seen.METIS_CLAMD }),
    smtpUrl: seen.SMTP_URL,
    mailFrom: seen.METIS_MAIL_FROM,
    ...(seen.METIS_OPERATOR_MAIL && { operatorMail: seen.METIS_OPERATOR_MAIL }),
    isDemo,
    secondFactor: seen.METIS_SECOND_FACTOR ?? (isDemo ? 'offered' : 'required'),
    ...providerIn(seen),
    ...registriesIn(seen),
    ...sealIn(seen),
    ...signatureServiceIn(seen),
    logLevel: seen.LOG_LEVEL,
  }
}

// DOMAIN 6.5: what ProConnect always has, and the name of the organisation.
const PROCONNECT_SCOPES = 'openid given_name usual_name email uid siret idp_id organization_label'

function providerIn(seen: z.infer<typeof schema>): { provider?: ProviderConfig } {
  const { METIS_OIDC_ISSUER: issuer, METIS_OIDC_CLIENT_ID: clientId } = seen
  const clientSecret = seen.METIS_OIDC_CLIENT_SECRET
  if (!issuer && !clientId && !clientSecret) return {}
  if (!issuer || !clientId || !clientSecret)
    throw new UnusableSettings(
      'METIS_OIDC_ISSUER, METIS_OIDC_CLIENT_ID and METIS_OIDC_CLIENT_SECRET go together: set all three, or none.',
    )
  const hostname = guardedHost('METIS_OIDC_ISSUER', issuer)
  const isProConnect = seen.METIS_OIDC_PRESET === 'proconnect'
  return {
    provider: {
      issuer,
      clientId,
      clientSecret,
      isProConnect,
      name: seen.METIS_OIDC_NAME ?? (isProConnect ? 'ProConnect' : hostname),
      scopes: seen.METIS_OIDC_SCOPES ?? (isProConnect ? PROCONNECT_SCOPES : 'openid email'),
      alg: seen.METIS_OIDC_ALG,
    },
  }
}

/** The host of an address to which secrets are sent: https, except on this machine. */
function guardedHost(setting: string, address: string): string {
  const { protocol, hostname } = new URL(address)
  if (protocol !== 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname))
    throw new UnusableSettings(`${setting} must be an https address.`)
  return hostname
}

function signatureServiceIn(seen: z.infer<typeof schema>): Pick<Config, 'signatureService'> {
  const { METIS_SIGNATURE_URL: url, METIS_SIGNATURE_KEY: key } = seen
  const { METIS_SIGNATURE_SECRET: secret, METIS_SIGNATURE_LEVEL: level } = seen
  if (!url && !key && !secret) return {}
  if (!url || !key || !secret)
    throw new UnusableSettings(
      'METIS_SIGNATURE_URL, METIS_SIGNATURE_KEY and METIS_SIGNATURE_SECRET go together: set all three, or none.',
    )
  const host = guardedHost('METIS_SIGNATURE_URL', url)
  const name = seen.METIS_SIGNATURE_NAME ?? host
  if (name === 'metis') throw new UnusableSettings('METIS_SIGNATURE_NAME: "metis" is METIS itself.')
  return { signatureService: { name, level, url: url.replace(/\/+$/, ''), key, secret } }
}

function registriesIn(seen: z.infer<typeof schema>): Pick<Config, 'registries'> {
  const { METIS_COMPANIES_URL: companies, METIS_ASSOCIATIONS_URL: associations } = seen
  return companies || associations ? { registries: { companies, associations } } : {}
}

function sealIn(seen: z.infer<typeof schema>): Pick<Config, 'sealFile' | 'sealName'> {
  const { METIS_SEAL_FILE: path, METIS_SEAL_PASSWORD: password, METIS_SEAL_NAME: sealName } = seen
  return { ...(path && { sealFile: { path, password } }), ...(sealName && { sealName }) }
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
