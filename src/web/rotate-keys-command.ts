import { parseArgs } from 'node:util'
import { bankSafe, pieceSafe } from '#applications'
import { allTerritories } from '#people'
import {
  type Opened,
  readConfig,
  rewrapSealKeys,
  rotateKeys,
  sealWhatIsBehind,
  UnusableSettings,
  vaultOf,
} from '#platform'
import type { Io } from './commands.ts'
import type { House } from './house.ts'

const help =
  'metis rotate-keys [--territory SLUG] [--json]: makes a new key for the files at rest of each commune (or of one), seals everything again, then ends the old key. Stopped midway, run it again: it goes on. To change METIS_MASTER_KEY itself: set the new one, give the old one as METIS_MASTER_KEY_PREVIOUS, and run this.'

/** Every table of METIS that holds sealed rows. */
const safes = [pieceSafe, bankSafe]

export async function runRotateKeys(
  args: string[],
  io: Io,
  open: () => Promise<Opened>,
): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      territory: { type: 'string' },
    },
  })
  if (values.help) {
    io.out(help)
    return 0
  }
  const vault = vaultOf(readConfig())
  const { db, close } = await open()
  try {
    const all = await allTerritories(db)
    const chosen = all.filter(({ slug }) => !values.territory || slug === values.territory)
    if (values.territory && chosen.length === 0)
      throw new UnusableSettings(`There is no commune "${values.territory}".`)
    for (const { id, slug } of chosen) {
      const { version, rows } = await rotateKeys({ db, vault, safes }, id)
      const line = `${slug}: key ${version}, ${rows} rows sealed again.`
      io.out(values.json ? JSON.stringify({ territory: slug, version, rows }) : line)
    }
    await rewrapSealKeys(db, vault)
    return 0
  } finally {
    await close()
  }
}

/** What waits to be sealed: pieces from before the vault, and what a rotation cut short left. */
export async function sealAll({ db, config }: House): Promise<void> {
  const rotation = { db, vault: vaultOf(config), safes }
  for (const { id } of await allTerritories(db)) await sealWhatIsBehind(rotation, id)
}
