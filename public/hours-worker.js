// Without network, the page of the hours opens all the same: an empty form that names nobody, and what
// pages are drawn with. Nothing else is kept, and no answer that belongs to a person.

const HOURS = /^(\/[^/]+)\/missions\/[^/]+\/hours$/

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  const hours = HOURS.exec(pathname)
  if (request.mode === 'navigate' && hours)
    event.respondWith(fetch(request).catch(() => kept(`${hours[1]}/hours-offline`)))
  else if (pathname.startsWith('/assets/')) event.respondWith(keptOrAsked(request))
})

async function kept(address) {
  return (await caches.match(address)) ?? Response.error()
}

async function keptOrAsked(request) {
  return (await caches.match(request)) ?? fetch(request)
}
