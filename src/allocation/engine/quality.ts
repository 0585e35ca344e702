import type { Highs, ModelData } from 'highs'
import { isRefused, type Refused } from '#kit'
import { type AllocateOptions, allocate } from './allocate.ts'
import { readProblem } from './check.ts'
import type { Result } from './format.ts'
import { compareWorth, worthOf } from './hours-exact.ts'
import { give, planOf, type Table } from './hours-table.ts'
import type { Network } from './network.ts'
import type { Plan } from './plan.ts'

/** Beyond, the programme would take too long to be of use in the room. */
export const QUALITY_CLAIMANTS_MAX = 300

// Nodes are counted, never seconds: the same programme gives the same hours.
const NODES_MAX = 2_000
const ROUNDS = 2
const SEGMENTS = 16
// Prices are cut here: a solver of floating numbers does not tell more apart.
const SLOPE_MAX = 1e4

/** The split in quality mode; beyond the limit it is the usual one, and says so. */
export async function allocateForQuality(
  given: unknown,
  options: AllocateOptions = {},
): Promise<Result | Refused> {
  const read = readProblem(given)
  if (isRefused(read)) return read
  if (read.associations.length > QUALITY_CLAIMANTS_MAX) return allocate(read, options)
  return allocate(read, { ...options, improve: improveByProgramme })
}

/**
 * Quality mode: all hours at once by a mixed-integer programme in HiGHS, at the prices of the plan so far; kept when
 * the true split, cash included, is fairer. Takes seconds; the table holds the better of both at the end.
 */
async function improveByProgramme(network: Network, table: Table): Promise<void> {
  const solver = await load()
  let best = worthOf(network, table)
  for (let round = 0; round < ROUNDS; round++) {
    table.value.reprice()
    const before = planOf(table)
    setPlan(table, solve(solver, programmeOf(table), table))
    const found = worthOf(network, table)
    if (compareWorth(found, best) <= 0) {
      setPlan(table, before)
      return
    }
    best = found
  }
}

function setPlan(table: Table, plan: Plan) {
  const free = plan.map((_, need) => need).filter((need) => !table.isFixed[need])
  for (const need of free) give(table, need, -1, 0)
  for (const need of free) {
    const given = plan[need]
    if (!given) continue
    for (let way = table.starts[need] as number; way < (table.starts[need + 1] as number); way++)
      if (table.pool[way] === given.pool) give(table, need, way, given.blocks)
  }
}

type Entry = { row: number; value: number }
type Column = { upper: number; cost: number; isWhole: boolean; entries: Entry[] }
type Programme = {
  columns: Column[]
  rows: { lower: number; upper: number }[]
  wayColumns: number[]
}

/** Of each way the blocks (whole) and whether it is open (0 or 1); of each association what its hours are worth, by segments. */
function programmeOf(table: Table): Programme {
  const rows: Programme['rows'] = []
  const row = (lower: number, upper: number) => rows.push({ lower, upper }) - 1
  const atMost = (upper: number) => row(Number.NEGATIVE_INFINITY, upper)
  const free = (need: number) => !table.isFixed[need]
  const needRows = Array.from(table.way, (_, need) => (free(need) ? atMost(1) : -1))
  const poolRows = Array.from(table.blocksLeft, (left, pool) => ({
    blocks: atMost(left + given(table, pool).blocks),
    missions: atMost((table.poolMissions[pool] as number) + given(table, pool).missions),
  }))
  const companyRows = Array.from(table.companyMissions, (left, company) => {
    const pools = [...table.company.keys()].filter((pool) => table.company[pool] === company)
    return atMost(pools.reduce((sum, pool) => sum + given(table, pool).missions, left))
  })
  const ownerRows = new Map<number, number>()
  const columns: Column[] = []
  const wayColumns: number[] = []
  for (let way = 0; way < table.need.length; way++) {
    const need = table.need[way] as number
    if (!free(need)) continue
    const owner = table.owner[need] as number
    const ownerRow = ownerRows.get(owner) ?? row(0, 0)
    ownerRows.set(owner, ownerRow)
    const pool = table.pool[way] as number
    const [least, most] = [row(0, Number.POSITIVE_INFINITY), atMost(0)]
    const pools = poolRows[pool]
    wayColumns[way] = columns.length
    columns.push({
      upper: table.most[way] as number,
      cost: 0,
      isWhole: true,
      entries: [
        { row: least, value: 1 },
        { row: most, value: 1 },
        { row: pools?.blocks ?? 0, value: 1 },
        { row: ownerRow, value: (table.blockCents[way] as number) / 100 },
      ],
    })
    columns.push({
      upper: 1,
      cost: 0,
      isWhole: true,
      entries: [
        { row: least, value: -(table.least[way] as number) },
        { row: most, value: -(table.most[way] as number) },
        { row: needRows[need] ?? 0, value: 1 },
        { row: pools?.missions ?? 0, value: 1 },
        { row: companyRows[table.company[pool] as number] ?? 0, value: 1 },
      ],
    })
  }
  for (const [owner, ownerRow] of ownerRows) columns.push(...segmentsOf(table, owner, ownerRow))
  return { columns, rows, wayColumns }
}

/** What free needs hold of a pool now, and what the programme may therefore give anew. */
function given(table: Table, pool: number): { blocks: number; missions: number } {
  const found = { blocks: 0, missions: 0 }
  for (const way of table.waysOf[pool] as Int32Array) {
    const need = table.need[way] as number
    if (table.way[need] !== way || table.isFixed[need]) continue
    found.blocks += table.blocks[need] as number
    found.missions += 1
  }
  return found
}

/** Concave, so that straight pieces need no whole numbers: the steeper ones fill first. */
function segmentsOf(table: Table, owner: number, row: number): Column[] {
  const { value, room } = table
  let fixed = value.held[owner] as number
  for (let need = 0; need < table.needCount; need++)
    if (table.owner[need] === owner && !table.isFixed[need] && (table.way[need] as number) >= 0)
      fixed -=
        (table.blocks[need] as number) * (table.blockCents[table.way[need] as number] as number)
  let asked = 0
  for (let way = 0; way < table.need.length; way++)
    if (table.owner[table.need[way] as number] === owner)
      asked += (table.most[way] as number) * (table.blockCents[way] as number)
  const length = Math.min(asked, (room[owner] as number) - fixed) / SEGMENTS
  return Array.from({ length: SEGMENTS }, (_, piece) => {
    const [from, to] = [fixed + piece * length, fixed + (piece + 1) * length]
    const slope = length > 0 ? (value.of(owner, to) - value.of(owner, from)) / length : 0
    return {
      upper: length / 100,
      cost: Math.min(slope, SLOPE_MAX),
      isWhole: false,
      entries: [{ row, value: -1 }],
    }
  })
}

function solve(solver: Highs, { columns, rows, wayColumns }: Programme, table: Table): Plan {
  const starts = [0]
  for (const { entries } of columns) starts.push((starts.at(-1) ?? 0) + entries.length)
  const entries = columns.flatMap((one) => one.entries)
  const data: ModelData = {
    numCols: columns.length,
    numRows: rows.length,
    // The solver minimises.
    colCost: columns.map(({ cost }) => -cost),
    colLower: columns.map(() => 0),
    colUpper: columns.map(({ upper }) => upper),
    rowLower: rows.map(({ lower }) => lower),
    rowUpper: rows.map(({ upper }) => upper),
    integrality: Int32Array.from(columns, ({ isWhole }) => (isWhole ? 1 : 0)),
    matrix: {
      format: 'csc',
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: entries.map((one) => one.row),
      values: entries.map((one) => one.value),
    },
  }
  const model = solver.createModel(data)
  try {
    model.options.set({
      output_flag: false,
      mip_max_nodes: NODES_MAX,
      mip_rel_gap: 1e-5,
      random_seed: 1,
    })
    model.run()
    const { colValue } = model.getSolution()
    const plan: Plan = Array.from(table.way, () => undefined)
    wayColumns.forEach((column, way) => {
      const blocks = Math.round(colValue[column] ?? 0)
      if (blocks > 0) plan[table.need[way] as number] = { pool: table.pool[way] as number, blocks }
    })
    return plan
  } finally {
    model.dispose()
  }
}

// Loaded when first needed: the ordinary split goes without. The package's types describe its CommonJS face, where the
// loader is one step deeper than in the module that runs.
async function load(): Promise<Highs> {
  const { default: loader }: { default: unknown } = await import('highs')
  if (!isLoader(loader)) throw new Error('the package highs has no loader')
  loaded ??= loader()
  return loaded
}
let loaded: Promise<Highs> | undefined

function isLoader(value: unknown): value is () => Promise<Highs> {
  return typeof value === 'function'
}
