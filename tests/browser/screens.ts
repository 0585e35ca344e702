import { join } from 'node:path'
import { root } from '#platform'
import type { PersonKey } from '../cast.ts'
import { playDemo } from '../demo.ts'
import { accessibilityFaults, openSite, sticksOut } from './chromium.ts'

/** The pictures of docs/screens, taken anew from the demo: `node --import tsx tests/browser/screens.ts [folder]`. */
const folder = process.argv[2] ?? join(root, 'docs', 'screens')
const site = await openSite({ play: playDemo })
const year = new Date().getFullYear()
type Picture = { name: string; person?: PersonKey; path: string; follow?: string; width?: number }
const pictures: Picture[] = [
  { name: '01-agent-home', person: 'claire', path: '/valmont/home' },
  { name: '02-baselines', person: 'claire', path: '/valmont/baselines' },
  { name: '03-season', person: 'claire', path: `/valmont/${year + 1}` },
  { name: '04-pledges', person: 'claire', path: `/valmont/${year + 1}/pledges` },
  { name: '05-application', person: 'luc', path: `/valmont/${year + 1}/applications` },
  { name: '06-review', person: 'claire', path: `/valmont/${year}/review` },
  {
    name: '07-allocation',
    person: 'claire',
    path: `/valmont/${year}/allocation`,
    follow: 'main a[href*="/allocation/"]',
  },
  { name: '08-decisions', person: 'claire', path: `/valmont/${year}/decisions` },
  {
    name: '09-mission-on-a-phone',
    person: 'tom',
    path: `/valmont/${year}/missions`,
    follow: 'main a:has-text("inscriptions en ligne")',
    width: 360,
  },
  { name: '10-public-results', path: `/valmont/${year}/public` },
]
for (const { name, person, path, follow, width = 1280 } of pictures) {
  const page = await site.open(person, { width })
  await page.goto(site.url + path)
  if (follow)
    await page.goto(site.url + ((await page.locator(follow).first().getAttribute('href')) ?? ''))
  const faults = await accessibilityFaults(page)
  if (faults.length > 0) process.stdout.write(`${name}: ${faults.join('\n  ')}\n`)
  if (await sticksOut(page)) process.stdout.write(`${name}: sticks out\n`)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  await page.context().close()
}
await site.close()
