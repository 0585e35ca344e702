import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '#platform'

const field = z.object({
  name: z.string(),
  type: z.enum(['string', 'date', 'number', 'boolean']),
  trueValues: z.array(z.string()).default([]),
  falseValues: z.array(z.string()).default([]),
  constraints: z
    .object({
      required: z.boolean().default(false),
      pattern: z.string().optional(),
      enum: z.array(z.string()).optional(),
      maxLength: z.number().optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
    })
    .prefault({}),
})

const check = z.discriminatedUnion('name', [
  z.object({ name: z.literal('french-siret-value'), params: z.object({ column: z.string() }) }),
  z.object({
    name: z.literal('one-of-required'),
    params: z.object({ column1: z.string(), column2: z.string() }),
  }),
])

const tableSchema = z.object({
  version: z.string(),
  fields: z.array(field),
  custom_checks: z.array(check),
})

export type ScdlField = z.infer<typeof field>
export type ScdlCheck = z.infer<typeof check>

/** The official Table Schema of grants, SCDL 2.1.1. */
export const scdlSchema = tableSchema.parse(
  JSON.parse(readFileSync(join(root, 'docs', 'schemas', 'scdl-subventions-2.1.1.json'), 'utf8')),
)
