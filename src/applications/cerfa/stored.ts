import { z } from 'zod'
import type { Answers, Value } from './answers.ts'
import { type CerfaSection, type Field, fields } from './fields.ts'

/** The version of the form that today's pages write: 12156*06. */
export const FORM_VERSION = 6

/** A part of the form as the database holds it, field by field; what a later version dropped is left out. */
export function readStored(section: CerfaSection, stored: unknown): Answers {
  const answers = shapeOf(section).parse(stored)
  return Object.fromEntries(
    Object.entries(answers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}

const shapes = new Map<CerfaSection, z.ZodType<Record<string, Value | undefined>>>()

function shapeOf(section: CerfaSection) {
  const known = shapes.get(section)
  if (known) return known
  const pairs = fields[section].map((field) => [field.name, valueShape(field).optional()] as const)
  const shape = z.object(Object.fromEntries(pairs))
  shapes.set(section, shape)
  return shape
}

function valueShape({ kind, choices, most }: Field): z.ZodType<Value> {
  if (kind === 'count' || kind === 'fullTime' || kind === 'cents') return z.int().min(0).nullable()
  if (kind === 'choice') return z.enum(choices).nullable()
  return z.string().max(most).nullable()
}
