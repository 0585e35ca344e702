import { parseArgs } from 'node:util'
import { readConfig, UnusableSettings } from '#platform'

export type Io = { out: (text: string) => void; err: (text: string) => void }
export type Command = {
  describe: string
  run: (args: string[], io: Io) => Promise<number>
}

/** Each command loads only what it needs: `metis replay` opens no database. */
export const commands: Record<string, Command> = {
  start: {
    describe: 'the demo or one small commune: database, web and jobs in one process',
    run: async (args, io) => (await import('./start-command.ts')).runStart(args, io),
  },
  serve: {
    describe: 'web pages only, on the database of DATABASE_URL',
    run: async (args, io) => (await import('./start-command.ts')).runServe(args, io),
  },
  work: {
    describe: 'jobs only (mail, reminders), on the database of DATABASE_URL',
    run: async (args, io) => (await import('./start-command.ts')).runWork(args, io),
  },
  migrate: {
    describe: 'bring the database to the schema of this version',
    run: async (args, io) => (await import('./start-command.ts')).runMigrate(args, io),
  },
  import: {
    describe: 'import grants FILE --territory SLUG: last year’s grants as baselines',
    run: async (args, io) => {
      const { runImport } = await import('#territory')
      return runImport(args, io, openConfigured)
    },
  },
  replay: {
    describe: 'replay GRANTS-FILE --cut 12%: what METIS would have given',
    run: async (args, io) => (await import('#allocation')).runReplay(args, io),
  },
  allocate: {
    describe: 'allocate PROBLEM.json: split it again, print the digests',
    run: async (args, io) => (await import('#allocation')).runAllocate(args, io),
  },
  verify: {
    describe: 'verify PROBLEM.json RESULT.json: recount a result, PASS or the first witness',
    run: async (args, io) => (await import('#allocation')).runVerify(args, io),
  },
  'verify-proof': {
    describe: 'verify-proof FILE [--digest …]: was a receipt’s entry sealed; needs no database',
    run: async (args, io) => (await import('#ledger')).runVerifyProof(args, io),
  },
  check: {
    describe: 'reconcile journal, ledger and receipts; name the rows that do not hold',
    run: async (args, io) =>
      (await import('./check-command.ts')).runCheck(args, io, openConfigured),
  },
  'reset-doors': {
    describe: 'reset-doors EMAIL --reason "…": a lost telephone, when no administrator is left',
    run: async (args, io) =>
      (await import('./reset-doors-command.ts')).runResetDoors(args, io, openConfigured),
  },
  'rotate-keys': {
    describe: 'rotate-keys [--territory SLUG]: a new key for the files at rest, all sealed again',
    run: async (args, io) =>
      (await import('./rotate-keys-command.ts')).runRotateKeys(args, io, openConfigured),
  },
  invite: {
    describe:
      'invite EMAIL --organisation SIRET: the first key of an organisation, printed and mailed',
    run: async (args, io) =>
      (await import('./invite-command.ts')).runInvite(args, io, openConfigured),
  },
  schema: {
    describe: 'write db/schema.sql, the table types, docs/access.md and docs/law.md anew',
    run: async (args, io) => (await import('./schema-command.ts')).runSchema(args, io),
  },
  bench: {
    describe: 'bench NAME: measure (without a name: list the benches)',
    run: async (args, io) => (await import('./bench-command.ts')).runBench(args, io),
  },
}

export function usage(): string {
  const lines = Object.entries(commands).map(
    ([name, { describe }]) => `  ${name.padEnd(12)} ${describe}`,
  )
  return [
    'metis <command> [options]',
    '',
    ...lines,
    '',
    'Every command has --help and --json. Exit codes: 0 done, 1 done with refusals that are listed, 2 not done.',
  ].join('\n')
}

export async function openConfigured() {
  const { openDatabase } = await import('#platform')
  return openDatabase(readConfig())
}

/** Reads the options every command has; answers undefined when only help was asked for. */
export function plainOptions(args: string[], io: Io, help: string): { json: boolean } | undefined {
  const { values, positionals } = parseArgs({
    args,
    options: { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    io.out(help)
    return undefined
  }
  if (positionals.length > 0)
    throw new UnusableSettings(`"${positionals[0]}" is not expected here.\n\n${help}`)
  return { json: values.json ?? false }
}
