import { connect, type Socket } from 'node:net'

/** `unknown`: nobody answered, or not in time; asked again later. */
export type ScanAnswer =
  | { outcome: 'clean' }
  | { outcome: 'infected'; virus: string }
  | { outcome: 'unknown'; reason: string }

export type Antivirus = (bytes: Uint8Array) => Promise<ScanAnswer>

/** Nobody waits for longer with a page half sent; the job asks again. */
const PATIENCE_MILLISECONDS = 3_000
const CHUNK_BYTES = 64 * 1024
const ANSWER_MAX = 4_096

/** A clamd at `host:port` or behind a socket, asked by its INSTREAM command. */
export function antivirusAt(address: string, patience = PATIENCE_MILLISECONDS): Antivirus {
  return (bytes) =>
    new Promise((resolve) => {
      const socket = connectTo(address)
      const end = (answer: ScanAnswer) => {
        clearTimeout(timer)
        socket.destroy()
        resolve(answer)
      }
      const timer = setTimeout(() => end({ outcome: 'unknown', reason: 'no answer' }), patience)
      let said = ''
      socket.on('error', (error) => end({ outcome: 'unknown', reason: error.message }))
      socket.on('close', () => end(answerIn(said)))
      socket.on('data', (part) => {
        said += part.toString('latin1')
        if (said.includes('\0') || said.length > ANSWER_MAX) end(answerIn(said))
      })
      socket.on('connect', () => send(socket, bytes))
    })
}

// Each chunk after its length in four bytes; a length of nothing ends them.
function send(socket: Socket, bytes: Uint8Array): void {
  socket.write('zINSTREAM\0')
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES)
    socket.write(lengthOf(chunk.length))
    socket.write(chunk)
  }
  socket.write(lengthOf(0))
}

function lengthOf(count: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(count)
  return length
}

function answerIn(said: string): ScanAnswer {
  const line = said.split('\0')[0]?.trim() ?? ''
  if (line === 'stream: OK') return { outcome: 'clean' }
  const virus = /^stream: (.+) FOUND$/.exec(line)?.[1]
  return virus ? { outcome: 'infected', virus } : { outcome: 'unknown', reason: line || 'cut' }
}

function connectTo(address: string): Socket {
  if (address.startsWith('/')) return connect({ path: address })
  const colon = address.lastIndexOf(':')
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '')
  return connect({ host, port: Number(address.slice(colon + 1)) })
}
