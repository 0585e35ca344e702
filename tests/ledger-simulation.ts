import type { KyselyPlugin } from 'kysely'
import { expect } from 'vitest'
import { addDays, type Day, day, newId } from '#kit'
import {
  type AccountKind,
  type AccountRef,
  balances,
  ledgerFaults,
  Overdraft,
  post,
  reverse,
} from '#ledger'
import { digestFaults, sealYesterday } from '#people'
import { type Db, inTerritory, once, type Tx, tryAgain } from '#platform'

// A season played by chance: many writers at once, double clicks, crashes between two statements, tries
// again, a calendar that jumps. The model beside it knows only what was answered "done".

/** Ends the connection under a transaction, as a machine that stops does; without it, the work throws. */
export type Kill = (tx: Tx) => Promise<void>
export type Simulated = { db: Db; territoryId: string; seed: number; steps: number; kill?: Kill }

const road: AccountKind[] = ['PLEDGED', 'CONFIRMED', 'ALLOCATED', 'COMMITTED', 'DONE', 'RECEIPTED']
const PLEDGES = 3
const CHECK_EVERY = 10

type Asked =
  | { does: 'move'; key: string; from: AccountRef; to: AccountRef; amount: bigint }
  | { does: 'reverse'; key: string; entryId: string }
type Done = { asked: Asked; entryId: string; deltas: Map<string, bigint> }
type Outcome = { id: string } | 'overdraft' | 'reversedAlready' | 'crashed'

export async function simulate(asked: Simulated): Promise<{ done: number; refused: number }> {
  const game = new Game(asked)
  try {
    for (let step = 0; step < asked.steps; step++) await game.step(step)
    await game.recountAll()
    return game.counted
  } catch (error) {
    throw new Error(`METIS_SIMULATION_SEED=${asked.seed} METIS_SIMULATION_STEPS=${asked.steps}`, {
      cause: error,
    })
  }
}

class Game {
  readonly #asked: Simulated
  readonly #draw: (below: number) => number
  readonly #campaignId = newId()
  readonly #pledges = Array.from({ length: PLEDGES }, () => newId())
  readonly #done = new Map<string, Done>()
  readonly #held = new Map<string, bigint>()
  #today: Day = day('2027-02-01')
  counted = { done: 0, refused: 0 }

  constructor(asked: Simulated) {
    this.#asked = asked
    const next = chanceFrom(asked.seed)
    this.#draw = (below) => Math.floor(next() * below)
  }

  /** Several senders at once, each with its own bad luck; then what the ledger says is compared. */
  async step(step: number): Promise<void> {
    this.#today = addDays(this.#today, this.#draw(5) - 1)
    const asked = Array.from({ length: 1 + this.#draw(6) }, () => this.#invent())
    const before = new Map(this.#held)
    const answers = await Promise.all(asked.map((one) => this.#send(one)))
    for (const [rank, one] of asked.entries()) this.#remember(one, answers[rank] ?? [])
    this.#noFalseLack(before, asked, answers)
    if (this.#draw(6) === 0) await sealYesterday(this.#asked.db, this.#now())
    await this.#recount()
    if (step % CHECK_EVERY === 0) await this.recountAll()
  }

  #invent(): Asked {
    const known = [...this.#done.values()]
    const key = newId()
    const chosen = known[this.#draw(Math.max(known.length, 1))]
    if (chosen && this.#draw(6) === 0) return { does: 'reverse', key, entryId: chosen.entryId }
    const pledge = this.#pledges[this.#draw(PLEDGES)] ?? ''
    const stage = this.#draw(road.length)
    const isReturn = stage > 1 && this.#draw(4) === 0
    const [from, to] = isReturn ? [stage, 1] : [stage - 1, stage]
    const amount = BigInt(1 + this.#draw(from < 0 ? 600 : 200))
    return { does: 'move', key, from: this.#ref(from, pledge), to: this.#ref(to, pledge), amount }
  }

  #ref(stage: number, pledge: string): AccountRef {
    const campaignId = this.#campaignId
    const kind = road[stage]
    return kind
      ? { book: 'hours', kind, campaignId, subjectId: pledge, label: kind }
      : { book: 'hours', kind: 'OUTSIDE', campaignId, subjectId: campaignId, label: 'OUTSIDE' }
  }

  /** One sheet: perhaps clicked several times, perhaps on a machine that stops and is started again. */
  async #send(asked: Asked): Promise<Outcome[]> {
    const clicks = this.#draw(4) === 0 ? 2 + this.#draw(3) : 1
    const luck = Array.from({ length: clicks }, () => (this.#draw(4) === 0 ? this.#draw(12) : -1))
    const answers = await Promise.all(luck.map((crashAt) => this.#try(asked, crashAt)))
    const isLost = answers.every((answer) => answer === 'crashed')
    return isLost && this.#draw(2) === 0 ? [...answers, await this.#try(asked, -1)] : answers
  }

  async #try(asked: Asked, crashAt: number): Promise<Outcome> {
    const { db, territoryId, kill } = this.#asked
    const { does, key, ...payload } = asked
    try {
      return await tryAgain(() =>
        inTerritory(db, { territoryId }, async (tx) => {
          const fragile = crashAt < 0 ? tx : tx.withPlugin(crashOn(crashAt, tx, kill))
          return once(fragile, { territoryId, key, payload }, () => this.#write(fragile, asked))
        }),
      )
    } catch (error) {
      if (error instanceof Overdraft) return 'overdraft'
      if (String(error).includes('reversed already')) return 'reversedAlready'
      if (crashAt >= 0) return 'crashed'
      throw error
    }
  }

  async #write(tx: Tx, asked: Asked): Promise<{ id: string }> {
    const { territoryId } = this.#asked
    const act = { territoryId, day: this.#today, at: this.#now(), personId: undefined }
    if (asked.does === 'reverse')
      return reverse(tx, { ...act, reason: asked.key, entryId: asked.entryId })
    const { from, to, amount, key: reason } = asked
    const moves = [{ from, to, amount }]
    return post(tx, { ...act, book: 'hours', reason, subjectId: to.subjectId, moves })
  }

  #now(): Date {
    return new Date(`${this.#today}T09:00:00Z`)
  }

  /** Every click of one sheet is told the same entry. */
  #remember(asked: Asked, answers: Outcome[]): void {
    const ids = new Set(
      answers.flatMap((answer) => (typeof answer === 'object' ? [answer.id] : [])),
    )
    expect(ids.size, 'one sheet, one entry').toBeLessThanOrEqual(1)
    const [entryId] = ids
    if (entryId === undefined) {
      this.counted.refused += 1
      return
    }
    const deltas = this.#deltasOf(asked)
    this.#done.set(asked.key, { asked, entryId, deltas })
    for (const [key, delta] of deltas) this.#held.set(key, (this.#held.get(key) ?? 0n) + delta)
    this.counted.done += 1
  }

  #deltasOf(asked: Asked): Map<string, bigint> {
    if (asked.does === 'move')
      return new Map([
        [keyOf(asked.from), -asked.amount],
        [keyOf(asked.to), asked.amount],
      ])
    const reversed = [...this.#done.values()].find(({ entryId }) => entryId === asked.entryId)
    return new Map([...(reversed?.deltas ?? [])].map(([key, delta]) => [key, -delta]))
  }

  /** FIVEBELLS-402: "no credit" is only said when what everybody asked together was more than there was. */
  #noFalseLack(before: Map<string, bigint>, all: Asked[], answers: Outcome[][]): void {
    const taken = new Map<string, bigint>()
    for (const asked of all)
      for (const [key, delta] of this.#deltasOf(asked))
        if (delta < 0n) taken.set(key, (taken.get(key) ?? 0n) - delta)
    for (const [rank, asked] of all.entries()) {
      if (!answers[rank]?.includes('overdraft')) continue
      const couldLack = [...this.#deltasOf(asked)].some(
        ([key, delta]) => delta < 0n && (taken.get(key) ?? 0n) > (before.get(key) ?? 0n),
      )
      expect(couldLack, 'a lack was said, and nothing could lack').toBe(true)
    }
  }

  /** TOF-845: each balance is the sum of what was answered done, to the minute; nobody owes. */
  async #recount(): Promise<void> {
    const { db, territoryId } = this.#asked
    await inTerritory(db, { territoryId, readOnly: true }, async (tx) => {
      const held = await balances(tx, territoryId, this.#campaignId)
      expect(held.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n)
      for (const account of held) {
        if (account.kind !== 'OUTSIDE') expect(account.amount).toBeGreaterThanOrEqual(0n)
        expect(account.amount, account.kind).toBe(this.#held.get(keyOf(account)) ?? 0n)
      }
    })
  }

  /** Nothing lost, nothing doubled, nothing by those who were told no; chains and nights hold. */
  async recountAll(): Promise<void> {
    const { db, territoryId } = this.#asked
    await inTerritory(db, { territoryId, readOnly: true }, async (tx) => {
      const rows = await tx.selectFrom('ledgerEntries').select('reason').execute()
      const written = rows.map(({ reason }) => reason)
      expect(new Set(written)).toEqual(new Set(this.#done.keys()))
      expect(written).toHaveLength(this.#done.size)
      expect(await ledgerFaults(tx, territoryId)).toEqual([])
      expect(await digestFaults(tx, territoryId)).toEqual([])
    })
  }
}

function keyOf({ kind, subjectId }: { kind: string; subjectId: string }): string {
  return `${kind} ${subjectId}`
}

/** Stops the work before its statement of this rank. */
function crashOn(rank: number, tx: Tx, kill: Kill | undefined): KyselyPlugin {
  let asked = 0
  let killed: Promise<void> | undefined
  return {
    transformQuery: ({ node }) => {
      if (asked++ === rank && !kill) throw new Error('the machine stopped')
      if (asked - 1 === rank && kill) killed = kill(tx).catch(() => {})
      return node
    },
    transformResult: async ({ result }) => {
      await killed
      return result
    },
  }
}

/** The same seed, the same season (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
