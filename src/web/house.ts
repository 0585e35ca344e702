import type { Auth } from '#people'
import type { Config, Db, Seal } from '#platform'
import type { DemoClock } from './demo-clock.ts'

/** What the server is made of; wired by hand in start.ts and in the tests' world. */
export type House = {
  db: Db
  auth: Auth
  config: Config
  seal: Seal
  now: () => Date
  /** In a demo started from the command line: its calendar can be moved. */
  demoClock?: DemoClock
}
