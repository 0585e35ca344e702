// A provider of signatures, as another program: the dialogue of docs/signatures.md, and ways to spoil it.
import { createHmac, createPrivateKey, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { PDF } from '@libpdf/core'

const { port, key, secret, webhook, privateKey, certificate } = JSON.parse(process.argv[2] ?? '')
const own = createPrivateKey({
  key: Buffer.from(privateKey, 'base64'),
  format: 'der',
  type: 'pkcs8',
})
const signer = {
  certificate: new Uint8Array(Buffer.from(certificate, 'base64')),
  keyType: 'EC',
  signatureAlgorithm: 'ECDSA',
  sign: async (data) => new Uint8Array(sign('sha256', data, own)),
}
const ceremonies = new Map()
let manner = ''
let starts = 0

/** What the person, or somebody else, does at the provider. */
const returned = {
  signed: async (pdf) => signed(pdf),
  // Another text, well signed.
  other: async (pdf) => {
    const other = await PDF.load(pdf)
    other.addPage()
    return signed(await other.save())
  },
  // Our bytes at the head, and a page drawn over in what is appended.
  drawn: async (pdf) => {
    const drawn = await PDF.load(pdf)
    drawn.getPage(0).drawRectangle({ x: 0, y: 0, width: 600, height: 800 })
    return signed(await drawn.save({ incremental: true }))
  },
  covered: async (pdf) => {
    const covered = await PDF.load(pdf)
    const rect = { x: 0, y: 0, width: 600, height: 800 }
    covered.getPage(0).addSquareAnnotation({ rect })
    return signed(await covered.save({ incremental: true }))
  },
  unsigned: async (pdf) => pdf,
  spoilt: async (pdf) => {
    const spoilt = await signed(pdf)
    // In the date of the signature: the PDF still reads, its digest is another.
    const at = Buffer.from(spoilt).lastIndexOf('/M (D:')
    spoilt[at + 9] ^= 1
    return spoilt
  },
}

async function signed(pdf) {
  const loaded = await PDF.load(pdf)
  return (await loaded.sign({ signer, reason: 'Signed at the provider' })).bytes
}

async function ring(id, forged) {
  const body = JSON.stringify({ ceremony: id })
  const seconds = Math.floor(Date.now() / 1000)
  const proof = createHmac('sha256', forged ? 'another secret' : secret).update(
    `${seconds}.${body}`,
  )
  const headers = {
    'content-type': 'application/json',
    'metis-signature': `t=${seconds},v1=${proof.digest('hex')}`,
  }
  return (await fetch(webhook, { method: 'POST', body, headers })).status
}

async function control(path, body) {
  if (path === '/control/manner') manner = body.manner
  const ceremony = [...ceremonies.values()].at(-1)
  if (path === '/control/end') ceremony.state = body.state
  if (path === '/control/sign') {
    ceremony.returned = Buffer.from(await returned[body.how](ceremony.pdf))
    ceremony.state = 'signed'
  }
  if (path === '/control/ring') return { status: await ring(body.id ?? ceremony.id, body.forged) }
  const { pdf: _, returned: __, ...seen } = ceremony ?? {}
  return { ...seen, starts, count: ceremonies.size }
}

function start(body) {
  starts += 1
  const known = ceremonies.get(body.id)
  if (!known)
    ceremonies.set(body.id, {
      id: body.id,
      state: 'waiting',
      pdf: Buffer.from(body.document.pdf, 'base64'),
      title: body.document.title,
      signatories: body.signatories,
    })
  return { reference: body.id, link: `http://localhost:${port}/sign/${body.id}` }
}

async function answer(request, path, body) {
  if (path.startsWith('/control')) return control(path, body)
  if (request.headers.authorization !== `Bearer ${key}`) return undefined
  if (request.method === 'POST') return manner === 'no' ? undefined : start(body)
  const [, , id = '', what] = path.split('/')
  const ceremony = ceremonies.get(id)
  if (!ceremony) return undefined
  if (request.method === 'DELETE') {
    ceremony.state = 'cancelled'
    return {}
  }
  if (what === 'document') return ceremony.returned
  if (what === 'evidence') return { certifiedBy: 'the provider', of: id }
  return { state: ceremony.state }
}

createServer(async (request, response) => {
  const parts = []
  for await (const part of request) parts.push(part)
  const path = request.url ?? ''
  const text = Buffer.concat(parts).toString('utf8')
  if (!path.startsWith('/control')) {
    if (manner === 'down') return request.socket.destroy()
    if (manner === 'slow') return
    if (manner === 'broken') return response.writeHead(500).end('out of order')
    if (manner === 'wrong') return response.writeHead(200).end('<html>Welcome</html>')
  }
  const said = await answer(request, path, text ? JSON.parse(text) : {})
  if (said === undefined) return response.writeHead(422).end()
  response.writeHead(200).end(Buffer.isBuffer(said) ? said : JSON.stringify(said))
}).listen(port, () => process.stdout.write('listening\n'))
