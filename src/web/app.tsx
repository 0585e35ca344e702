import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'
import { apiDescription, publicApi } from '#open-data'
import { allow } from '#people'
import { readAsset } from '#platform'
import { again } from './again.ts'
import { signatureWebhook, withCeremonies } from './ceremonies.ts'
import { demoDoors } from './demo.tsx'
import { doors } from './doors/doors.tsx'
import { linkDoor } from './doors/limits.tsx'
import { proofFirst } from './doors/seat-access.ts'
import { answerError, answerMissing } from './errors.tsx'
import type { House } from './house.ts'
import { measured, metrics } from './metrics.ts'
import { inPlace, withPerson } from './place.ts'
import { addressed, readable } from './readable.ts'
import { withRegistries } from './registries.ts'
import { roomRoutes } from './room-routes.ts'

const UPLOAD_BYTES_MAX = 30 * 1024 * 1024

/** The whole server as one function from Request to Response. */
export function createApp(house: House) {
  const app = new Hono()
  app.use(measured)
  app.use(again(app))
  app.use(compress())
  app.use(
    secureHeaders({
      // What a stranger wrote is answered under a stricter policy of its own.
      overwrite: false,
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        // A draft that saves as one types, a passkey's challenge: to this server, and to no other.
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        // A form that ends at the provider's door is followed there by the browser.
        formAction: ["'self'", ...providerOrigin(house)],
        baseUri: ["'none'"],
      },
      referrerPolicy: 'same-origin',
      crossOriginEmbedderPolicy: false,
      strictTransportSecurity: house.config.url.startsWith('https')
        ? 'max-age=31536000; includeSubDomains'
        : false,
    }),
  )
  app.use(csrf({ origin: (origin, context) => isOurs(origin, context, house) }))
  app.use(bodyLimit({ maxSize: UPLOAD_BYTES_MAX }))
  app.use(addressed)
  // JSON from a program: it is no form, and comes before what reads forms.
  app.post('/:territory/signature-events', allow('public'), signatureWebhook(house))
  app.use(readable)

  app.get('/assets/:digest/:name', allow('public'), (context) => answerAsset(context))
  app.get('/seal.pem', allow('public'), (context) =>
    context.text(house.seal.certificate.toString()),
  )
  app.get('/health', allow('public'), (context) => context.text('ok'))
  app.get('/metrics', allow('public'), metrics(house))
  for (const path of ['/account', '/account/*', '/second-factor']) app.use(path, withPerson(house))
  app.use('/account/organisations/*', proofFirst(house))
  app.route('/', doors(house))
  if (house.config.isDemo) app.route('/', demoDoors(house))
  app.get('/api/openapi.json', allow('public'), (context) => context.json(apiDescription()))
  app.use('/api/v1/:territory/*', inPlace(house))
  app.route('/api/v1', publicApi)
  for (const path of ['/:territory/confirm/*', '/:territory/opinions/*'])
    app.use(path, linkDoor(house))
  for (const path of ['/:territory/:year/applications', '/:territory/applications/:id/*'])
    app.use(path, withRegistries(house))
  for (const path of [
    '/:territory/decisions/:id/*',
    '/:territory/missions/:id/*',
    '/:territory/signatures/*',
  ])
    app.use(path, withCeremonies(house))
  app.use('/:territory/*', inPlace(house))
  app.use('/:territory', inPlace(house))
  for (const routes of roomRoutes) app.route('/:territory', routes)

  app.notFound((context) => answerMissing(context, house))
  app.onError((error, context) => answerError(error, context, house))
  return app
}

function providerOrigin({ config: { provider } }: House): string[] {
  return provider ? [new URL(provider.issuer).origin] : []
}

/** The address that people see, and the one that a proxy in front asks for. */
function isOurs(origin: string, context: Context, house: House): boolean {
  return [house.config.url, context.req.url].some((url) => new URL(url).origin === origin)
}

async function answerAsset(context: Context) {
  const file = await readAsset(context.req.path)
  if (!file) return context.notFound()
  return context.body(new Uint8Array(file.body), 200, {
    'content-type': file.type,
    'cache-control': 'public, max-age=31536000, immutable',
  })
}
