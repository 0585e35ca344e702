import pg from 'pg'

export type Recorded = { name?: string; text: string; values: unknown[] }

/** The queries that `work` sends to a PostgreSQL server, without those that open or close its transaction. */
export async function recorded(work: () => Promise<unknown>): Promise<Recorded[]> {
  const seen: Recorded[] = []
  const original = pg.Client.prototype.query
  const spy = function (this: pg.Client, ...args: unknown[]) {
    const [asked, values] = args
    // A question whose plan is kept has a name, and comes whole.
    if (isNamed(asked)) seen.push(asked)
    else if (typeof asked === 'string' && !/^(begin|commit|rollback|set )/i.test(asked))
      seen.push({ text: asked, values: Array.isArray(values) ? values : [] })
    return Reflect.apply(original, this, args)
  }
  Object.assign(pg.Client.prototype, { query: spy })
  try {
    await work()
  } finally {
    Object.assign(pg.Client.prototype, { query: original })
  }
  return seen
}

function isNamed(asked: unknown): asked is Recorded {
  return typeof asked === 'object' && asked !== null && 'name' in asked && 'values' in asked
}
