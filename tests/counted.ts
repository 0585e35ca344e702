import {
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  PostgresQueryCompiler,
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
  /** A question inside another is worded too, but never answered on its own. */
  readonly #worded = new WeakMap<object, string>()
  #counted: Counted = { asked: [], openings: 0 }

  transformQuery({ node, queryId }: PluginTransformQueryArgs) {
    this.#worded.set(queryId, this.#compiler.compileQuery(node, queryId).sql)
    return node
  }

  async transformResult({ result, queryId }: PluginTransformResultArgs) {
    const words = this.#worded.get(queryId) ?? ''
    if (/set_config\('role'/.test(words)) this.#counted.openings += 1
    else this.#counted.asked.push(words)
    return result
  }

  /** What was asked since the last time. */
  take(): Counted {
    const counted = this.#counted
    this.#counted = { asked: [], openings: 0 }
    return counted
  }
}
