import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  X509Certificate,
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Signer } from '@libpdf/core'
import { type Config, UnusableSettings } from '../config.ts'
import type { Db } from '../database.ts'
import { sha256 } from '../digest.ts'
import { decrypt, encrypt } from '../vault/cipher.ts'
import { type Vault, vaultOf } from '../vault/vault.ts'
import type { FoundSeal } from './read.ts'
import { insertSealKey, type SealKeyRow, sealKeys, wrapSealKeyAgain } from './seal-store.ts'

/** What METIS puts on a PDF that leaves it: every reader then shows by whom, and that nothing changed since. */
export type Seal = {
  certificate: X509Certificate
  /** Answers the PDF with the seal appended: what was given stays at its head, byte for byte. */
  on: (pdf: Uint8Array, said: { reason: string; at: Date }) => Promise<Buffer>
}

type SealConfig = Pick<
  Config,
  'secret' | 'masterKey' | 'previousMasterKey' | 'sealFile' | 'sealName'
>

/**
 * The operator's own certificate where the settings name one; else the newest that METIS made and can
 * still open, or one made now. Throws UnusableSettings when the operator's file cannot be used.
 */
export async function openSeal(db: Db, config: SealConfig, now: Date): Promise<Seal> {
  const signer = config.sealFile
    ? await operatorSigner(config.sealFile, now)
    : await keptSigner(db, config, now)
  return {
    certificate: new X509Certificate(signer.certificate),
    on: async (pdf, said) => (await import('./pdf.ts')).sealPdf(pdf, signer, said),
  }
}

async function operatorSigner(
  { path, password }: { path: string; password: string },
  now: Date,
): Promise<Signer> {
  const { P12Signer } = await import('@libpdf/core')
  const signer = await P12Signer.create(bytesOf(path), password).catch(() => {
    throw new UnusableSettings(
      'METIS_SEAL_FILE does not open: it must be a PKCS#12 file (.p12, .pfx) with its key and certificate, and METIS_SEAL_PASSWORD its password.',
    )
  })
  const { validTo } = new X509Certificate(signer.certificate)
  if (new Date(validTo) < now)
    throw new UnusableSettings(`The certificate of METIS_SEAL_FILE ended on ${validTo}: renew it.`)
  return signer
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    throw new UnusableSettings(`METIS_SEAL_FILE: "${path}" cannot be read.`)
  }
}

/** Made again that long before it ends: a seal put on its last day would already look old. */
const RENEWED_BEFORE_MILLISECONDS = 30 * 24 * 3600 * 1000

async function keptSigner(db: Db, config: SealConfig, now: Date): Promise<Signer> {
  const vault = vaultOf(config)
  const rows = await sealKeys(db)
  const known = usableIn(rows, vault, now)
  if (known) return known
  const { makePair } = await import('./certificate.ts')
  const { privateKey, certificate } = await makePair(config.sealName ?? 'METIS', now)
  const version = (rows[0]?.version ?? 0) + 1
  const wrapped = encrypt(vault.current.bytes, boundTo({ version, certificate }), privateKey)
  const wrappedBy = vault.current.name
  await insertSealKey(db, { version, certificate, wrapped, wrappedBy, madeAt: now })
  const made = usableIn(await sealKeys(db), vault, now)
  if (!made) throw new Error('the key of the seal was written and is not there')
  return made
}

/** One sealed under a lost master key is passed over: a new one is made, and what it sealed still verifies. */
function usableIn(rows: SealKeyRow[], vault: Vault, now: Date): Signer | undefined {
  for (const row of rows) {
    const key = privateKeyIn(row, vault)
    const { validTo } = new X509Certificate(row.certificate)
    const isLasting = new Date(validTo).getTime() > now.getTime() + RENEWED_BEFORE_MILLISECONDS
    if (key && isLasting) return signerWith(key, row.certificate)
  }
  return undefined
}

function privateKeyIn(row: SealKeyRow, vault: Vault): KeyObject | undefined {
  const master = [vault.current, vault.previous].find((one) => one?.name === row.wrappedBy)
  if (!master) return undefined
  const key = decrypt(master.bytes, boundTo(row), row.wrapped)
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

function signerWith(key: KeyObject, certificate: Uint8Array): Signer {
  const isPair = new X509Certificate(certificate).publicKey.equals(createPublicKey(key))
  if (!isPair) throw new Error('the key of the seal is not that of its certificate')
  return {
    certificate,
    keyType: 'EC',
    signatureAlgorithm: 'ECDSA',
    sign: async (data) => sign('sha256', data, key),
  }
}

/** Every signature of a PDF, in its order. The libraries that read them are loaded when first needed. */
export async function sealsIn(pdf: Uint8Array): Promise<FoundSeal[]> {
  return (await import('./read.ts')).readSeals(pdf)
}

/** For `metis rotate-keys`: under the newest master key. Answers how many were wrapped again. */
export async function rewrapSealKeys(db: Db, vault: Vault): Promise<number> {
  const { current, previous } = vault
  const older = (await sealKeys(db)).filter(({ wrappedBy }) => wrappedBy === previous?.name)
  for (const row of older) {
    const key = decrypt(previous?.bytes ?? current.bytes, boundTo(row), row.wrapped)
    const wrapped = encrypt(current.bytes, boundTo(row), key)
    await wrapSealKeyAgain(db, row.version, { wrapped, wrappedBy: current.name })
  }
  return older.length
}

function boundTo({ version, certificate }: Pick<SealKeyRow, 'version' | 'certificate'>): string {
  return `seal key ${version} ${sha256(certificate)}`
}
