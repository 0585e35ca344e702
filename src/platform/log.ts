import { pino } from 'pino'

/** JSON lines. Secrets, tokens and mail bodies are never given to it. */
export const log = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' })
