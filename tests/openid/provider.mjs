// A real OpenID provider in a process of its own, with the manners of ProConnect: signed userinfo,
// SIRET claims, no parameter that it does not know. It can be told to misbehave.
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import Provider from 'oidc-provider'

const { port, callback, home, accounts, isStrict } = JSON.parse(process.argv[2])
const issuer = `http://localhost:${port}`
const secret = 'the secret of the client, thirty-two signs'
const own = await generateKeyPair('RS256', { extractable: true })
const other = await generateKeyPair('RS256', { extractable: true })
const key = { ...(await exportJWK(own.privateKey)), kid: 'own', alg: 'RS256', use: 'sig' }
let fault = ''

const names = ['given_name', 'usual_name', 'email', 'uid', 'siret', 'idp_id', 'organization_label']
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'metis',
      client_secret: secret,
      redirect_uris: [callback],
      post_logout_redirect_uris: [home],
      token_endpoint_auth_method: 'client_secret_post',
      id_token_signed_response_alg: 'RS256',
      ...(isStrict && { userinfo_signed_response_alg: 'RS256' }),
    },
  ],
  jwks: { keys: [key] },
  cookies: { keys: ['of the test alone'] },
  scopes: ['openid', ...names],
  claims: { openid: ['sub'], ...Object.fromEntries(names.map((name) => [name, [name]])) },
  pkce: { required: () => !isStrict },
  features: {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = `<!doctype html><title>Out</title>${form}<button name="logout" value="yes" form="op.logoutForm">Sortir</button>`
      },
    },
  },
  acrValues: ['eidas1', 'eidas1-mfa'],
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ ...accounts[id], sub: id }) }),
})

const known = new Set(
  'response_type client_id redirect_uri scope state nonce claims prompt idp_hint login_hint siret_hint'.split(
    ' ',
  ),
)

provider.use(async (ctx, next) => {
  if (isStrict && ctx.path === '/auth') {
    const unknown = Object.keys(ctx.query).filter((name) => !known.has(name))
    if (unknown.length > 0) ctx.throw(400, `Y000400 ${unknown}`)
    if (String(ctx.query.state).length < 32 || String(ctx.query.nonce).length < 32)
      ctx.throw(400, 'state and nonce have 32 signs')
  }
  await next()
  if (ctx.path === '/token' && ctx.body?.id_token)
    ctx.body = { ...ctx.body, id_token: await spoiltToken(ctx.body.id_token) }
  if (ctx.path === '/me' && ctx.status === 200) ctx.body = await spoiltUserinfo(ctx)
})

async function spoiltToken(token) {
  const claims = payloadOf(token)
  if (fault === 'issuer') return signed({ ...claims, iss: 'https://another.example' }, own)
  if (fault === 'nonce')
    return signed({ ...claims, nonce: 'of another question, thirty-two signs' }, own)
  if (fault === 'audience') return signed({ ...claims, aud: 'another client' }, own)
  if (fault === 'signature') return signed(claims, other)
  if (fault === 'hs256')
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secret))
  return token
}

async function spoiltUserinfo(ctx) {
  const body = Buffer.isBuffer(ctx.body) ? ctx.body.toString() : ctx.body
  if (fault === 'userinfo-signature')
    return signed({ ...payloadOf(body), siret: '21760000600019' }, other)
  if (fault === 'userinfo-subject') return signed({ ...payloadOf(body), sub: 'somebody else' }, own)
  if (fault === 'userinfo-plain') {
    ctx.type = 'application/json'
    return JSON.stringify(payloadOf(body))
  }
  return ctx.body
}

const payloadOf = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url'))
const signed = (claims, { privateKey }) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'own' }).sign(privateKey)

const answer = provider.callback()
createServer(async (request, response) => {
  const url = new URL(request.url, issuer)
  if (url.pathname === '/fault') {
    fault = url.searchParams.get('kind') ?? ''
    return response.end('ok')
  }
  const uid = /^\/interaction\/([^/]+)$/.exec(url.pathname)?.[1]
  if (!uid) return answer(request, response)
  const as = url.searchParams.get('as')
  if (!as) {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const links = Object.keys(accounts).map((id) => `<p><a href="?as=${id}">${id}</a></p>`)
    return response.end(`<!doctype html><title>Provider</title>${links.join('')}`)
  }
  if (as === 'nobody')
    return provider.interactionFinished(request, response, {
      error: 'access_denied',
      error_description: 'the person went away',
    })
  const { params } = await provider.interactionDetails(request, response)
  const grant = new provider.Grant({ accountId: as, clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  grant.addOIDCClaims(['acr', 'amr'])
  const { acr, amr } = accounts[as]
  await provider.interactionFinished(request, response, {
    login: { accountId: as, ...(acr && { acr }), ...(amr && { amr }) },
    consent: { grantId: await grant.save() },
  })
}).listen(port, 'localhost', () => process.stdout.write('open\n'))
