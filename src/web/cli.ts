import { UnusableSettings } from '#platform'
import { commands, usage } from './commands.ts'

/** Exit codes, everywhere: 0 done, 1 done with refusals that are listed, 2 not done. */
const [name = '', ...args] = process.argv.slice(2)
const io = {
  out: (text: string) => process.stdout.write(`${text}\n`),
  err: (text: string) => process.stderr.write(`${text}\n`),
}

try {
  const command = commands[name]
  if (command) process.exitCode = await command.run(args, io)
  else {
    const isHelp = ['', 'help', '--help', '-h'].includes(name)
    if (isHelp) io.out(usage())
    else io.err(`There is no command "${name}".\n\n${usage()}`)
    process.exitCode = isHelp ? 0 : 2
  }
} catch (error) {
  process.exitCode = 2
  // What the world may do gets one sentence; what only a bug can do shows where it is.
  if (error instanceof UnusableSettings || isMisusedOption(error)) io.err(error.message)
  else throw error
}

function isMisusedOption(error: unknown): error is Error {
  return (
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  )
}
