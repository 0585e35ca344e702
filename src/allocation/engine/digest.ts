import { canonicalJson } from '#kit'

/** SHA-256 of the canonical JSON, by the platform's own crypto, so that a browser finds the same. */
export async function sealOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(value))
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
