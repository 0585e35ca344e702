import { join } from 'node:path'
import { root } from '#platform'
import type { PersonKey } from '../cast.ts'
import { playDemo } from '../demo.ts'
import { accessibilityFaults, openSite, sticksOut } from './chromium.ts'

/** The pictures of docs/screens, taken anew from the demo: `node --import tsx tests/browser/screens.ts [folder]`. */
const folder = process.argv[2] ?? join(root, 'docs', 'screens')
const site = await openSite({ play: playDemo })
const year = new Date().getFullYear()
const pages: [name: string, person: PersonKey | undefined, path: string, width?: number][] = [
  ['01-landing', undefined, '/'],
  ['02-agent-home', 'claire', '/valmont/home'],
  ['03-pledges', 'claire', `/valmont/${year + 1}/pledges`],
  ['04-application', 'luc', `/valmont/${year + 1}/applications`],
  ['05-review', 'claire', `/valmont/${year}/review`],
  ['06-allocation', 'claire', `/valmont/${year}/allocation`],
  ['07-decisions', 'claire', `/valmont/${year}/decisions`],
  ['08-mission-phone', 'tom', `/valmont/${year}/missions`, 360],
  ['09-receipts', 'amina', `/valmont/${year}/receipts`],
  ['10-public-season', undefined, `/valmont/${year}/public`],
  ['11-report', 'claire', `/valmont/${year}/report`],
  ['12-baselines', 'claire', '/valmont/baselines'],
  ['13-season', 'claire', `/valmont/${year + 1}`],
  ['14-elected', 'nadia', `/valmont/${year}/decisions`],
  ['15-thermometer', undefined, `/valmont/${year + 1}/thermometer`],
  ['16-ledger', 'claire', `/valmont/${year}/ledger`],
  ['17-applications-table', 'claire', `/valmont/${year}/applications`],
  ['18-company-home', 'hugo', '/valmont/home'],
  ['19-association-phone', 'eva', '/valmont/home', 360],
]
for (const [name, person, path, width = 1280] of pages) {
  const page = await site.open(person, { width })
  await page.goto(site.url + path)
  const faults = await accessibilityFaults(page)
  if (faults.length > 0) process.stdout.write(`${name}: ${faults.join('\n  ')}\n`)
  if (await sticksOut(page)) process.stdout.write(`${name}: sticks out\n`)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  await page.context().close()
}
await site.close()
