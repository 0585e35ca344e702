import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

// AES-256-GCM: 96 bits of chance for each message, 128 bits of tag: 28 bytes more than what is sealed.
const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** `bound` is not hidden but proven: the same bytes moved to another row do not open there. */
export function encrypt(key: Uint8Array, bound: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(bound))
  const hidden = [cipher.update(plain), cipher.final()]
  return Buffer.concat([nonce, cipher.getAuthTag(), ...hidden])
}

/** Throws when a byte changed, or when the key or what it is bound to is another. */
export function decrypt(key: Uint8Array, bound: string, sealed: Uint8Array): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([
    decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ])
}

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES)
}

/** A key from words of the settings, and the name under which it may be written down. */
export function masterKeyFrom(words: string): MasterKey {
  const bytes = Buffer.from(hkdfSync('sha256', words, 'metis', 'master key', KEY_BYTES))
  const name = Buffer.from(hkdfSync('sha256', words, 'metis', 'name of the master key', KEY_BYTES))
  return { bytes, name: createHash('sha256').update(name).digest('hex').slice(0, 16) }
}

export type MasterKey = { bytes: Buffer; name: string }
