import { cents, isRefused, type Refused } from '#kit'
import { type Language, sayIn, type Typed } from '#platform'
import { readForm } from '../assumptions.ts'
import { splitUnder } from '../split.ts'
import { type Room, readRoom, trialParts } from '../trial.tsx'
import { verify } from '../verifier/index.ts'
import { type RecomputeAsk, recompute } from './recompute.tsx'

/** Asked by the page, answered by the worker: `turn` says to which question an answer belongs. */
export type TrialAsk = {
  kind: 'trial'
  turn: number
  language: Language
  /** The room as it stands in the page. */
  room: string
  typed: Typed
}
export type Answer =
  | { turn: number; share: number }
  | {
      turn: number
      status: string
      parts?: Record<string, string>
      problemSha256?: string
      resultSha256?: string
    }

addEventListener('message', ({ data }: MessageEvent<TrialAsk | RecomputeAsk>) => {
  answerTo(data).then(
    (answer) => postMessage({ turn: data.turn, ...answer }),
    (error: unknown) => {
      console.error(error)
      postMessage({ turn: data.turn, status: sayIn(data.language)('scenarios:live.broken') })
    },
  )
})

function answerTo(ask: TrialAsk | RecomputeAsk) {
  const onProgress = (share: number) => postMessage({ turn: ask.turn, share })
  return ask.kind === 'trial' ? tryOut(ask, onProgress) : recompute(ask, onProgress)
}

async function tryOut(ask: TrialAsk, onProgress: (share: number) => void) {
  const say = sayIn(ask.language)
  const started = performance.now()
  const room = roomIn(ask.room)
  // A trial needs no name.
  const read = readForm({ ...ask.typed, name: '·' }, envelopesOf(room), room.assumptions)
  const refused = ({ refusals }: Refused) => ({
    status: refusals.map(({ code, values }) => say(code, values)).join(' '),
  })
  if (isRefused(read)) return refused(read)
  const split = await splitUnder(room.facts, read.assumptions, { onProgress })
  if (isRefused(split)) return refused(split)
  if (verify(split.problem, split.result)) return { status: say('scenarios:live.notVerified') }
  const { problemSha256 } = split.result
  return {
    parts: trialParts(split, room, { say, language: ask.language }),
    status: say('scenarios:live.done', { count: Math.ceil(performance.now() - started) }),
    problemSha256,
    resultSha256: split.resultSha256,
  }
}

let known: { text: string; room: Room } | undefined

/** Read once, however often a slider moves. */
function roomIn(text: string): Room {
  if (known?.text !== text) known = { text, room: readRoom(text) }
  return known.room
}

function envelopesOf({ facts }: Room) {
  return facts.envelopes.map(({ cashCents, ...one }) => ({ ...one, cashCents: cents(cashCents) }))
}
