import type { Auth } from '#people'
import type { Config, Db } from '#platform'

/** What the server is made of; wired by hand in start.ts and in the tests' world. */
export type House = {
  db: Db
  auth: Auth
  config: Config
  now: () => Date
}
