import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuth } from '#people'
import { createApp, settled } from '#web'
import { counting } from './counted.ts'
import { reviewed } from './council.ts'
import type { PersonKey } from './cast.ts'
import { playDemo } from './demo.ts'
import { openHouse, testConfig, type TestHouse } from './house.ts'
import { emailOf } from './cast.ts'
import { world } from './world.ts'

test('probe', async () => {
  const house = await openHouse()
  await playDemo(house)
  await probe(house, process.env.PROBE?.split(' ') ?? [])
  await house.close()
})

async function probe(house: TestHouse, pages: string[]) {
  const counted = counting(house.db)
  const app = createApp({ ...house, db: counted.db, auth: createAuth(counted.db, testConfig) })
  const get = async (who: string, path: string) => {
    const entered = await app.request('http://localhost:3000/demo/sessions', { method: 'POST', headers: { origin: 'http://localhost:3000', host: 'localhost:3000' }, body: new URLSearchParams({ email: emailOf(who) }) })
    const cookie = entered.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ')
    const ask = () => app.request(`http://localhost:3000${path}`, { headers: { cookie } })
    await (await ask()).text()
    await settled(counted.db)
    counted.take()
    const answer = await ask()
    const html = await answer.text()
    const got = counted.take()
    await settled(counted.db)
    return { answer, html, got }
  }
  const links = new Map<string, string>()
  const shapes = new Set<string>()
  const out: string[] = []
  for (const who of ['claire', 'paul', 'yves', 'amina', 'eva', 'zoe', 'hugo', 'ines', 'jeanne']) {
    const queue = ['/valmont/home']
    const seen = new Set<string>()
    while (queue.length) {
      const path = queue.shift() as string
      const shape = who + ' ' + path.replace(/[0-9a-f-]{36}/g, ':id')
      if (seen.has(shape)) continue
      seen.add(shape)
      const { answer, html, got } = await get(who, path)
      out.push(`${String(got.asked.length).padStart(3)} ${answer.status} ${who} ${path}`)
      if (pages.some((p) => path.replace(/[0-9a-f-]{36}/g, ':id') === p)) out.push(...got.asked.map((s) => '        ' + s.replace(/\s+/g, ' ').slice(0, 400)))
      for (const [, href = ''] of html.matchAll(/href="(\/valmont\/[^"?#]*)/g)) if (!/\.(pdf|csv|xlsx|ods|zip|odt|xml|beancount|json|ics)$/.test(href)) queue.push(href)
      if (seen.size > 60) break
    }
  }
  const { writeFileSync } = await import('node:fs')
  writeFileSync('/tmp/hs/probe.txt', out.join('\n'))
}
