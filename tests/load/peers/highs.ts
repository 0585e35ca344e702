import highs, { type Highs, type Model, type ModelData } from 'highs'

/** One linear programme kept in memory, changed a little and solved again: all that successive levels need of a solver. */
export type LinearProgramme = {
  solve(): { value: number; rows: Float64Array; duals: Float64Array } | undefined
  setCoefficient(at: { row: number; column: number }, value: number): void
  setRowBounds(row: number, bounds: { lower: number; upper: number }): void
  setUpper(column: number, upper: number): void
  close(): void
}

// A row is only ever loosened or fixed where it stands, so the last vertex stays feasible: primal simplex starts there.
const tuned = { simplex_strategy: 4, presolve: 'off' } as const
const asItComes = { simplex_strategy: 1, presolve: 'choose' } as const
const OPTIMAL = 7
const INFEASIBLE = 8

/** `isTuned`: in the way that suits this structure best; otherwise as the solver comes. */
export async function openProgramme(data: ModelData, isTuned: boolean): Promise<LinearProgramme> {
  const model = (await loadHighs()).createModel(data)
  const usual = isTuned ? tuned : asItComes
  model.options.set({ output_flag: false, ...usual })
  return {
    solve() {
      if (!hasRun(model)) {
        // From a bad vertex the solver may fail outright: once more, from nothing and its own way.
        model.clearSolver()
        model.options.set(asItComes)
        const hasRecovered = hasRun(model)
        model.options.set(usual)
        if (!hasRecovered) return undefined
      }
      if (model.getModelStatus() !== OPTIMAL) return undefined
      const { rowValue, rowDual } = model.getSolution()
      return { value: model.getObjectiveValue(), rows: rowValue, duals: rowDual }
    },
    setCoefficient: ({ row, column }, value) => void model.changeCoefficient(row, column, value),
    setRowBounds: (row, { lower, upper }) => void model.changeRowBounds(row, lower, upper),
    setUpper: (column, upper) => void model.changeColBounds(column, 0, upper),
    close: () => model.dispose(),
  }
}

function hasRun(model: Model): boolean {
  try {
    model.run()
  } catch {
    return false
  }
  const status = model.getModelStatus()
  return status === OPTIMAL || status === INFEASIBLE
}

// The package's types describe its CommonJS face, where the loader is one step deeper than in the module that runs.
export function loadHighs(): Promise<Highs> {
  const loader: unknown = highs
  if (!isLoader(loader)) throw new Error('the package highs has no loader')
  loaded ??= loader()
  return loaded
}
let loaded: Promise<Highs> | undefined

function isLoader(value: unknown): value is () => Promise<Highs> {
  return typeof value === 'function'
}
