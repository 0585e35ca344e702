import type { Day } from '#kit'
import { type LawConstant, type LawUnit, type ValueIn, valueOn } from './constant.ts'
import { constants } from './constants.ts'

type Constants = typeof constants
export type LawName = keyof Constants

type ValueOf<Constant> =
  Constant extends LawConstant<infer Unit extends LawUnit> ? ValueIn[Unit] : never

/** The law of one day: each constant by its name, read when asked, so that an unknown one hurts nobody else. */
export type Law = { readonly [Name in LawName]: ValueOf<Constants[Name]> }

/** The first day on which METIS knows what this constant was. */
export function lawKnownFrom(name: LawName): Day | undefined {
  return constants[name].values[0]?.from
}

export function lawOn(on: Day): Law {
  const law = {}
  for (const [name, constant] of Object.entries<LawConstant>(constants))
    Object.defineProperty(law, name, { enumerable: true, get: () => valueOn(constant, on) })
  // Each name of `constants` has just been given its own value: the loop is the proof of the type.
  return law as Law
}
