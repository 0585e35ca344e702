import { UnusableSettings } from '#platform'

/** `metis <command>`: exit codes are 0 done, 1 done with refusals that are listed, 2 not done. */
const [command = 'help', ...args] = process.argv.slice(2)

const commands: Record<string, (args: string[]) => Promise<number>> = {
  schema: async () => {
    await (await import('./schema-command.ts')).writeSchema()
    return 0
  },
}

try {
  const run = commands[command]
  if (!run) throw new UnusableSettings(`There is no command "${command}".`)
  process.exitCode = await run(args)
} catch (error) {
  if (!(error instanceof UnusableSettings)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
