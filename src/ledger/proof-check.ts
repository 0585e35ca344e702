import { z } from 'zod'
import { sealedDigest } from '#people'
import { linkHash, rootAbove } from '#platform'
import { PROOF_FORMAT } from './proof.ts'
import { roads } from './rules.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const whole = z.string().regex(/^-?\d{1,19}$/)
const text = z.string()

const proof = z.strictObject({
  format: z.literal(PROOF_FORMAT),
  commune: text,
  entry: z.strictObject({
    previousHash: hash,
    hash,
    content: z.strictObject({
      territoryId: text,
      id: text,
      seq: whole,
      book: z.enum(['hours', 'cash']),
      day: text,
      at: text,
      personId: text.nullable(),
      reason: text,
      subjectId: text,
      reversesId: text.nullable(),
      lines: z
        .array(
          z.strictObject({
            amount: whole,
            kind: z.enum(['OUTSIDE', ...roads.hours, ...roads.cash]),
            campaignId: text,
            subjectId: text,
            label: text,
          }),
        )
        .min(2),
    }),
  }),
  path: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash })).max(64),
  digests: z
    .array(
      z.strictObject({
        territoryId: text,
        day: text,
        journalSeq: whole,
        journalHash: hash,
        ledgerSeq: whole,
        ledgerHash: hash,
        ledgerRoot: hash.nullable(),
        sealedAt: text,
        previousDigest: hash,
        digest: hash,
      }),
    )
    .min(1),
})

export type WrittenProof = z.infer<typeof proof>

/** What does not hold, named so that a person can be told. */
export type ProofFault = 'shape' | 'entry' | 'balance' | 'tree' | 'digest' | 'commune' | 'published'

/**
 * Recounts a proof from its own text alone. `published` is the digest that the reader got elsewhere:
 * without it, the proof shows that it agrees with itself, and names the digest to compare.
 */
export function checkProof(
  value: unknown,
  published?: string,
): { proof: WrittenProof } | { fault: ProofFault } {
  const parsed = proof.safeParse(value)
  if (!parsed.success) return { fault: 'shape' }
  const fault = faultIn(parsed.data, published)
  return fault ? { fault } : { proof: parsed.data }
}

function faultIn({ entry, path, digests }: WrittenProof, published?: string) {
  const { content } = entry
  // The text of a whole number and the number itself have the same canonical form: no conversion.
  if (linkHash(entry.previousHash, content) !== entry.hash) return 'entry'
  if (content.lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n) !== 0n) return 'balance'
  const [night] = digests
  if (rootAbove(entry.hash, path) !== night?.ledgerRoot) return 'tree'
  if (!digests.every(isWhole) || !digests.every(followsTheOneBefore)) return 'digest'
  if (digests.some(({ territoryId }) => territoryId !== content.territoryId)) return 'commune'
  if (published && !digests.some(({ digest }) => digest === published)) return 'published'
  return undefined
}

type WrittenDigest = WrittenProof['digests'][number]

function isWhole({ digest, previousDigest, ...row }: WrittenDigest): boolean {
  return digest === linkHash(previousDigest, sealedDigest(row))
}

function followsTheOneBefore(
  { previousDigest }: WrittenDigest,
  rank: number,
  all: WrittenDigest[],
) {
  const before = all[rank - 1]
  return before === undefined || before.digest === previousDigest
}
