import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root, type SignatureService } from '#platform'
import { makePair } from '../../src/platform/seal/certificate.ts'
import { freePort } from '../free-port.ts'

export type Returned = 'signed' | 'other' | 'drawn' | 'covered' | 'unsigned' | 'spoilt'
export type SeenThere = {
  id: string
  state: string
  starts: number
  count: number
  signatories: { party: string; name: string; email: string; capacity: string }[]
}

export type OtherProvider = {
  service: SignatureService
  /** `''` for an honest one; down, slow, broken, wrong, no. */
  behave: (manner: string) => Promise<unknown>
  seen: () => Promise<SeenThere>
  /** Somebody signs, or something else comes back. */
  sign: (how: Returned) => Promise<unknown>
  end: (state: string) => Promise<unknown>
  /** Calls METIS; answers the status that METIS gave. */
  ring: (call?: { forged?: boolean; id?: string }) => Promise<number>
  close: () => Promise<void>
}

/** Starts the provider as another program on this machine, which calls METIS at that address. */
export async function openSignatureProvider(webhook: string): Promise<OtherProvider> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const service = {
    name: 'Signons',
    level: 'advanced' as const,
    url,
    key: 'the key of METIS there',
    secret: 'the secret of their calls, thirty-two signs',
  }
  const pair = await makePair('Signons SA', new Date())
  const told = {
    port,
    webhook,
    key: service.key,
    secret: service.secret,
    privateKey: pair.privateKey.toString('base64'),
    certificate: pair.certificate.toString('base64'),
  }
  const program = join(root, 'tests', 'signatures', 'provider.mjs')
  const child = spawn(process.execPath, [program, JSON.stringify(told)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  const control = async (what: string, body: object = {}) => {
    const answer = await fetch(`${url}/control/${what}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return answer.json()
  }
  return {
    service,
    behave: (manner) => control('manner', { manner }),
    seen: () => control('seen'),
    sign: (how) => control('sign', { how }),
    end: (state) => control('end', { state }),
    ring: async (call = {}) => (await control('ring', call)).status,
    close: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}
