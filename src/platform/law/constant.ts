import { type Cents, type Day, day, type Minutes } from '#kit'

/** The unit of a constant decides the type of its value. */
export type ValueIn = {
  agents: number
  cents: Cents
  days: number
  form: string
  hours: number
  inhabitants: number
  minutes: Minutes
  months: number
  perMille: bigint
  percent: bigint
  persons: number
  times: bigint
  years: number
}
export type LawUnit = keyof ValueIn

export type DatedValue<Value> = { from: Day; value: Value; toVerify: boolean }

export type LawConstant<Unit extends LawUnit = LawUnit> = {
  unit: Unit
  source: string
  values: DatedValue<ValueIn[Unit]>[]
}

type Written<Value> = [from: string, value: Value, doubt?: 'to verify']

/** One constant of the law: its unit, the article that fixes it, and its values from the oldest to the newest. */
export function constant<Unit extends LawUnit>(
  unit: Unit,
  source: string,
  ...written: Written<ValueIn[Unit]>[]
): LawConstant<Unit> {
  const values = written.map(([from, value, doubt]) => ({
    from: day(from),
    value,
    toVerify: doubt !== undefined,
  }))
  return { unit, source, values }
}

/** The value in force that day; throws before the first day that METIS knows. */
export function valueOn<Unit extends LawUnit>(law: LawConstant<Unit>, on: Day): ValueIn[Unit] {
  const inForce = law.values.findLast(({ from }) => from <= on)
  if (!inForce) throw new Error(`no value of ${law.source} is known on ${on}`)
  return inForce.value
}
