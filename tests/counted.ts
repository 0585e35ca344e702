import {
  type KyselyPlugin,
  PostgresQueryCompiler,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
} from 'kysely'
import type { Db } from '#platform'

/** What a page asks of the database, in order; the words that open its transaction are kept apart. */
export type Counted = { asked: string[]; openings: number }

/** The same database, with everything that is asked through it written down. */
export function counting(db: Db): { db: Db; take: () => Counted } {
  const words = new Words()
  return { db: db.withPlugin(words), take: () => words.take() }
}

class Words implements KyselyPlugin {
  readonly #compiler = new PostgresQueryCompiler()
  #counted: Counted = { asked: [], openings: 0 }

  transformQuery({ node, queryId }: PluginTransformQueryArgs) {
    const { sql } = this.#compiler.compileQuery(node, queryId)
    if (/set_config\('role'/.test(sql)) this.#counted.openings += 1
    else this.#counted.asked.push(sql)
    return node
  }

  async transformResult({ result }: PluginTransformResultArgs) {
    return result
  }

  /** What was asked since the last time. */
  take(): Counted {
    const counted = this.#counted
    this.#counted = { asked: [], openings: 0 }
    return counted
  }
}
