import { createServer, type Socket } from 'node:net'

/** The word that this antivirus takes for a virus. */
export const EICAR = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE'

export type Clamd = {
  address: string
  /** How many files it has been shown. */
  seen: () => number
  /** Down: connections are cut. Mute: they are taken, and nothing is ever said. */
  become: (state: 'up' | 'down' | 'mute') => void
  stop: () => Promise<void>
}

/** A service on a port of its own that answers INSTREAM as clamd does. */
export async function startClamd(): Promise<Clamd> {
  let state: 'up' | 'down' | 'mute' = 'up'
  let seen = 0
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    if (state === 'down') return socket.destroy()
    let received = Buffer.alloc(0)
    socket.on('data', (part) => {
      received = Buffer.concat([received, part])
      const file = fileIn(received)
      if (!file || state === 'mute') return
      seen += 1
      const virus = file.includes(EICAR)
      socket.end(`stream: ${virus ? 'Eicar-Test-Signature FOUND' : 'OK'}\0`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('no port')
  return {
    address: `127.0.0.1:${at.port}`,
    seen: () => seen,
    become: (next) => {
      state = next
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

const COMMAND = Buffer.from('zINSTREAM\0')

/** The file once its last, empty chunk has come. */
function fileIn(received: Buffer): Buffer | undefined {
  if (!received.subarray(0, COMMAND.length).equals(COMMAND)) return undefined
  const chunks: Buffer[] = []
  let at = COMMAND.length
  while (at + 4 <= received.length) {
    const length = received.readUInt32BE(at)
    if (length === 0) return Buffer.concat(chunks)
    if (at + 4 + length > received.length) return undefined
    chunks.push(received.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}
