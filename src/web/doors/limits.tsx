import { isIPv4, isIPv6 } from 'node:net'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { countTry, type Limit } from '#people'
import { Page } from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'

const QUARTER_SECONDS = 15 * 60

/** A town hall goes out by one address: many people, few links each. */
export const limits = {
  byAddress: { door: 'address', most: 60, seconds: QUARTER_SECONDS },
  byMail: { door: 'mail', most: 5, seconds: QUARTER_SECONDS },
  // A committee of twenty at once; not the whole address book.
  byInviter: { door: 'invitation', most: 20, seconds: QUARTER_SECONDS },
  // Three codes of a million are good at once: a year of tries at this pace finds one in two.
  byCode: { door: 'code', most: 5, seconds: QUARTER_SECONDS },
} satisfies Record<string, Limit>

/** Too many tries from one address of the network, whoever they are for. */
export async function tooManyFrom(context: Context, house: House): Promise<boolean> {
  const subject = networkOf(context)
  if (!subject) return false
  const limit = limits.byAddress
  return (await countTry(house.db, house.config, { limit, subject, now: new Date() })) > limit.most
}

/** A page of a commune that opens by link alone: whoever answers there is counted as at any other door. */
export function linkDoor(house: House) {
  return createMiddleware(async (context, next) => {
    if (context.req.method === 'POST' && (await tooManyFrom(context, house)))
      return tooManyPage(context, house)
    return next()
  })
}

/** Each letter goes to a stranger's mailbox. */
export async function tooManyLetters(house: House, subject: string): Promise<boolean> {
  const limit = limits.byInviter
  return (await countTry(house.db, house.config, { limit, subject, now: new Date() })) > limit.most
}

/** Same page for an address that is known and for one that is not. */
export function tooManyPage(context: Context, house: House) {
  const frame = bareFrame(context, house)
  const { say } = frame
  context.header('retry-after', String(QUARTER_SECONDS))
  return context.html(
    <Page frame={frame} title={say('doors:tooMany.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('doors:tooMany.title')}
      </h1>
      <p class="lead">{say('doors:tooMany.remedy', { minutes: QUARTER_SECONDS / 60 })}</p>
      <p>
        <a class="ds-link" href="/sign-in">
          {say('doors:tooMany.back')}
        </a>
      </p>
    </Page>,
    429,
  )
}

/**
 * Who is at the other end of the line. A proxy on this machine or on a private network is believed:
 * the last public address of `x-forwarded-for` is the one that it saw. Nobody else is.
 */
export function networkOf(context: Context): string | undefined {
  const seen = remoteAddress(context)
  if (seen === undefined) return undefined
  if (!isPrivate(seen)) return wide(seen)
  const told = (context.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
  const addresses = told.filter((part) => isIPv4(part) || isIPv6(part))
  return wide(addresses.findLast((address) => !isPrivate(address)) ?? seen)
}

function remoteAddress(context: Context): string | undefined {
  const env = context.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return env?.incoming?.socket?.remoteAddress?.replace(/^::ffff:/, '')
}

function isPrivate(address: string): boolean {
  return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80:)/i.test(
    address,
  )
}

/** One home has a whole /64 of IPv6. */
function wide(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const parts = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const gap = tail === undefined ? 0 : 8 - parts.length - after.length
  const full = [...parts, ...Array.from({ length: Math.max(gap, 0) }, () => '0'), ...after]
  return full.slice(0, 4).join(':')
}
