import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type ProviderConfig, root } from '#platform'
import { freePort } from '../free-port.ts'

export type Account = {
  email?: string
  siret?: string
  idp_id?: string
  acr?: string
  amr?: string[]
}

export type OpenProvider = {
  config: ProviderConfig
  /** The next answers are spoilt in this way; `''` for honest ones. */
  misbehave: (kind: string) => Promise<void>
  close: () => Promise<void>
}

/** Starts `oidc-provider` as another program on this machine; `isStrict` with ProConnect's manners. */
export async function openProvider(asked: {
  url: string
  accounts: Record<string, Account>
  isStrict: boolean
}): Promise<OpenProvider> {
  const port = await freePort()
  const { url, accounts, isStrict } = asked
  const told = {
    port,
    callback: `${url}/sign-in/provider/answer`,
    home: `${url}/`,
    accounts,
    isStrict,
  }
  const program = join(root, 'tests', 'openid', 'provider.mjs')
  const child = spawn(process.execPath, [program, JSON.stringify(told)], {
    // It warns that its memory is its own, which is what a test wants.
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  })
  const failed = once(child, 'exit').then(() => {
    throw new Error('the provider did not start')
  })
  await Promise.race([once(child.stdout, 'data'), failed])
  failed.catch(() => undefined)
  const issuer = `http://localhost:${port}`
  return {
    config: {
      issuer,
      clientId: 'metis',
      clientSecret: 'the secret of the client, thirty-two signs',
      name: isStrict ? 'ProConnect' : 'Mon fournisseur',
      scopes: isStrict
        ? 'openid given_name usual_name email uid siret idp_id organization_label'
        : 'openid email',
      alg: 'RS256',
      isProConnect: isStrict,
    },
    misbehave: async (kind) => {
      await fetch(`${issuer}/fault?kind=${kind}`)
    },
    close: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}
