import { createReadStream } from 'node:fs'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readTable } from '#platform'
import { readGrantLines } from './read-lines.ts'
import { proposeGrantMapping } from './sheets.ts'

const REAL_FILE =
  '../shared/data/grants/paysdelaloire/44-Loire-Atlantique__224400028_subventions-aux-associations-du-departement-de-loire-atlantique.csv'
const TIMES = 5

/** Rows per second and memory, on a real file and on five times its rows: memory must not follow the rows. */
export async function benchImport(file = REAL_FILE): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'metis-bench-'))
  try {
    const bigger = join(folder, 'bigger.csv')
    await repeatRows({ from: file, to: bigger })
    const once = await timedImport(file)
    const many = await timedImport(bigger)
    return {
      rows: once.rows,
      seconds: once.seconds,
      rowsPerSecond: Math.round(once.rows / once.seconds),
      peakGrowthMegabytes: once.growthMegabytes,
      rowsTimes5: many.rows,
      secondsTimes5: many.seconds,
      rowsPerSecondTimes5: Math.round(many.rows / many.seconds),
      peakGrowthMegabytesTimes5: many.growthMegabytes,
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

type Measure = { rows: number; seconds: number; growthMegabytes: number }

async function timedImport(file: string): Promise<Measure> {
  const before = process.memoryUsage.rss()
  const started = performance.now()
  let peak = before
  let rows = 0
  const table = await readTable(file)
  if ('refusals' in table) throw new Error(`the bench file cannot be read: ${file}`)
  for await (const _ of readGrantLines(table, await proposeGrantMapping(table))) {
    rows += 1
    if (rows % 500 === 0) peak = Math.max(peak, process.memoryUsage.rss())
  }
  const seconds = Math.round(performance.now() - started) / 1000
  return { rows, seconds, growthMegabytes: Math.round((peak - before) / 1024 / 1024) }
}

async function repeatRows({ from, to }: { from: string; to: string }): Promise<void> {
  for (let time = 0; time < TIMES; time++) {
    let text = ''
    let line = 0
    for await (const row of createInterface({ input: createReadStream(from) })) {
      line += 1
      if (line > 1 || time === 0) text += `${row}\r\n`
    }
    await appendFile(to, text)
  }
}
