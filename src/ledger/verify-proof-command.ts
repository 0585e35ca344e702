import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { cents, type Day, formatDay, formatEuros, formatHours, minutes } from '#kit'
import { isLanguage, type Language, type Say, sayIn } from '#platform'
import { checkProof, type WrittenProof } from './proof-check.ts'

type CommandIo = { out: (text: string) => void; err: (text: string) => void }

const known = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  digest: { type: 'string' },
} as const

/** `metis verify-proof FILE`: whether the entry was sealed as the file says; opens no database. */
export async function runVerifyProof(argv: string[], io: CommandIo): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({ args: argv, options: known, allowPositionals: true })
  const language = isLanguage(values.lang) ? values.lang : 'fr'
  const say = sayIn(language)
  const [file] = positionals
  if (values.help) {
    io.out(say('ledger:proof.help'))
    return 0
  }
  if (!file || positionals.length > 1) {
    io.err(say('ledger:proof.help'))
    return 2
  }
  const value = await jsonIn(file)
  if (value === undefined) {
    io.err(say('ledger:proof.notRead', { file }))
    return 2
  }
  const found = checkProof(value, values.digest?.trim().toLowerCase())
  if ('fault' in found) {
    if (values.json) io.out(JSON.stringify({ isVerified: false, fault: found.fault }))
    else io.err(say(`ledger:proof.fault.${found.fault}`))
    return 1
  }
  const isCompared = values.digest !== undefined
  if (values.json)
    io.out(JSON.stringify({ isVerified: true, isCompared, ...figuresOf(found.proof) }))
  else io.out(inWords(say, language, found.proof, isCompared))
  return 0
}

async function jsonIn(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => '')
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function figuresOf({ entry: { content }, digests }: WrittenProof) {
  const [night] = digests
  const latest = digests.at(-1)
  return {
    entry: content.seq,
    day: content.day,
    sealedOn: night?.day,
    latestDay: latest?.day,
    latestDigest: latest?.digest,
  }
}

function inWords(say: Say, language: Language, proof: WrittenProof, isCompared: boolean): string {
  const { content } = proof.entry
  const amountOf = (amount: bigint) =>
    content.book === 'hours'
      ? formatHours(minutes(amount), language)
      : formatEuros(cents(amount), language)
  const { sealedOn = '', latestDay = '', latestDigest } = figuresOf(proof)
  const dayIn = (day: string) => formatDay(day as Day, language)
  return [
    say('ledger:proof.holds', {
      seq: content.seq,
      commune: proof.commune,
      day: dayIn(content.day),
      sealedOn: dayIn(sealedOn),
    }),
    ...content.lines.map(({ kind, label, amount }) => {
      const size = BigInt(amount)
      return say(size < 0n ? 'ledger:proof.leaves' : 'ledger:proof.arrives', {
        account: `${say(`ledger:kind.${kind}`)} – ${label}`,
        amount: amountOf(size < 0n ? -size : size),
      })
    }),
    say(isCompared ? 'ledger:proof.compared' : 'ledger:proof.toCompare', {
      digest: latestDigest,
      day: dayIn(latestDay),
    }),
  ].join('\n')
}
