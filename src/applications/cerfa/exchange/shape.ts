import { z } from 'zod'
import { families } from '#campaigns'
import { modalities } from '../../rules.ts'
import { cerfaSections, type Field, fields } from '../fields.ts'

export const EXCHANGE_FORMAT = 'metis-cerfa-12156/1'

const day = z.iso.date()
const euros = z.number().min(0).multipleOf(0.01)

/** The answers of the project and of the money, which the form has too and which METIS keeps apart. */
const projectShape = z.strictObject({
  projectTitle: z.string().max(200).optional(),
  projectSummary: z.string().max(5000).optional(),
  beneficiaries: z.string().max(2000).optional(),
})
const moneyShape = z.strictObject({
  asked: euros.optional().describe('Euros asked of the commune.'),
  useful: euros.optional().describe('Below this the project does not start.'),
  budgetCharges: euros.optional().describe('Voluntary contributions included.'),
  budgetProducts: euros.optional().describe('Voluntary contributions included.'),
  cashFallback: z
    .string()
    .max(2000)
    .optional()
    .describe('What is done if hours are not available.'),
})
const needShape = z.strictObject({
  family: z.enum(families).optional(),
  hoursMin: z.number().min(0).optional(),
  hoursMax: z.number().min(0).optional(),
  deliverable: z.string().max(1000).optional(),
  modality: z.enum(modalities).optional(),
  startsOn: day.optional(),
  endsOn: day.optional(),
})

/** A file as others may write and read it; every part and every answer may be missing. */
export const exchangeShape = z
  .strictObject({
    format: z.literal(EXCHANGE_FORMAT),
    form: z.literal('12156*06'),
    deposit: z.strictObject({ number: z.string(), depositedAt: z.iso.datetime() }).optional(),
    ...partShapes(),
    project: projectShape.optional(),
    money: moneyShape.optional(),
    hours: z.array(needShape).max(8).optional().describe('What the form does not ask: hours.'),
  })
  .describe(
    'A grant application with the content of form Cerfa 12156*06 and the hours asked beside it. Euros are numbers with two decimals at most, days are ISO 8601, yes and no are "yes" and "no".',
  )

/** The JSON Schema kept in docs/schemas. */
export function exchangeSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(exchangeShape)
  return { $schema, $id: EXCHANGE_FORMAT, title: 'METIS application, Cerfa 12156*06', ...schema }
}

function partShapes(): Record<string, z.ZodType> {
  return Object.fromEntries(
    cerfaSections.map((section) => {
      const pairs = fields[section].map(
        (field) => [field.name, valueShape(field).optional()] as const,
      )
      return [section, z.strictObject(Object.fromEntries(pairs)).optional()]
    }),
  )
}

function valueShape({ kind, choices, most }: Field): z.ZodType<string | number> {
  switch (kind) {
    case 'count':
      return z.int().min(0)
    case 'fullTime':
      return z.number().min(0)
    case 'cents':
      return euros
    case 'day':
      return day
    case 'choice':
      return z.enum(choices)
    default:
      return z.string().max(most)
  }
}
