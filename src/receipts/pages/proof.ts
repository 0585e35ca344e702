import type { Context } from 'hono'
import { canonicalJson } from '#kit'
import { digestsOf, Missing, type PlaceEnv } from '#people'
import { receiptNumber } from '../issue.ts'
import { receiptProof, verifyReceipt } from '../verify.ts'

type InPlace = Context<PlaceEnv>

/** For whoever holds the code: docs/ledger-proofs.md. */
export async function proofFile(context: InPlace) {
  const { tx, territory } = context.get('place')
  const verified = await verifyReceipt(tx, territory.id, context.req.param('code') ?? '')
  if (!verified?.receipt) throw new Missing()
  const proof = await receiptProof(tx, territory, verified.receipt)
  if (!proof) throw new Missing()
  const name = `proof-${receiptNumber(verified.receipt)}.json`
  context.header('content-disposition', `attachment; filename="${name}"`)
  return answerJson(context, proof)
}

const DIGESTS_PUBLISHED = 400

/** Hashes and days alone: whoever keeps a copy can later tell that nothing before it was changed. */
export async function publishedDigests(context: InPlace) {
  const { tx, territory } = context.get('place')
  const digests = await digestsOf(tx, territory.id, DIGESTS_PUBLISHED)
  return answerJson(context, {
    commune: territory.name,
    digests: digests.map(({ day, digest }) => ({ day, digest })),
  })
}

/** Large whole numbers as text, as they were sealed. */
function answerJson(context: InPlace, value: unknown) {
  const text = JSON.stringify(JSON.parse(canonicalJson(value)), undefined, 2)
  return context.body(`${text}\n`, 200, { 'content-type': 'application/json; charset=utf-8' })
}
