import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

// RFC 6238 as every authenticator application reads it: SHA-1, 30 seconds, 6 digits.
const STEP_SECONDS = 30
const DIGITS = 6
/** 160 bits, as RFC 4226 (4, R6) advises. */
const SECRET_BYTES = 20
/** A phone's clock may be one step away. */
const DRIFT_STEPS = 1

const RECOVERY_CODES = 10
const RECOVERY_BYTES = 10

export function newTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES)
}

export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1000 / STEP_SECONDS)
}

/** RFC 4226, 5.3: the last four bits of the digest say where the number is. */
export function codeOfStep(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const from = digest.readUInt8(digest.length - 1) & 0xf
  const number = digest.readUInt32BE(from) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** The step whose code this is, later than the last one taken; undefined when there is none. */
export function stepOfCode(
  secret: Buffer,
  typed: string,
  { now, lastStep }: { now: Date; lastStep: number },
): number | undefined {
  const code = typed.replace(/\s/g, '')
  if (!/^\d{6}$/.test(code)) return undefined
  for (let drift = -DRIFT_STEPS; drift <= DRIFT_STEPS; drift += 1) {
    const step = stepAt(now) + drift
    if (step > lastStep && isSame(codeOfStep(secret, step), code)) return step
  }
  return undefined
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

/** What the QR code says (Key URI format, read by every authenticator application). */
export function keyAddress(secret: Buffer, account: string): string {
  const label = `METIS:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=METIS`
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, without padding: twenty bytes need none. */
export function base32(bytes: Buffer): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

/** `ABCD-EFGH-IJKL-MNOP`: 80 bits of chance each. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    (base32(randomBytes(RECOVERY_BYTES)).match(/.{4}/g) ?? []).join('-'),
  )
}

/** As typed from paper: case, spaces and dashes do not count; undefined when it is no such code. */
export function recoveryCodeIn(typed: string): string | undefined {
  const bare = typed.toUpperCase().replace(/[\s-]/g, '')
  return /^[A-Z2-7]{16}$/.test(bare) ? (bare.match(/.{4}/g) ?? []).join('-') : undefined
}
