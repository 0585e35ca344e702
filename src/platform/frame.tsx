import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { asset } from './assets.ts'
import type { Language, Say } from './texts.ts'

export type NavLink = { href: string; label: string }

/** What surrounds every page: filled once a request by the web room. */
export type Frame = {
  say: Say
  language: Language
  path: string
  placeName: string
  placeHref: string
  subtitle: string
  nav: NavLink[]
  personName?: string
  /** Whose session it is: what this device keeps for somebody else stays out of sight. */
  personId?: string
  isDemo: boolean
}

/** A whole page: skip link, commune's name, navigation, one main, footer. */
export function Page({
  frame,
  title,
  children,
}: {
  frame: Frame
  title: string
  children?: Child
}) {
  const { say } = frame
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={frame.language} data-color-scheme="light">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${title} — ${frame.placeName}`}</title>
          <link rel="stylesheet" href={asset('metis.css')} />
          <link rel="icon" href={asset('mark.svg')} type="image/svg+xml" />
          <script type="module" src={asset('metis.js')} />
        </head>
        <body>
          <a class="ds-skip-link" href="#main">
            {say('platform:skip')}
          </a>
          <div class="thread" aria-hidden="true" />
          <Header frame={frame} />
          <main id="main" class="wrap" tabindex={-1}>
            {children}
          </main>
          <Footer frame={frame} />
        </body>
      </html>
    </>
  )
}

function Header({ frame }: { frame: Frame }) {
  const { say } = frame
  return (
    <header class="top">
      <div class="wrap top-line">
        <a class="brand" href={frame.placeHref}>
          <img src={asset('mark.svg')} alt="" width={34} height={34} />
          <span>
            <b>{frame.placeName}</b>
            <small>{frame.subtitle}</small>
          </span>
        </a>
        <Who frame={frame} />
      </div>
      {frame.nav.length > 0 && (
        <nav class="wrap main-nav" aria-label={say('platform:navigation')}>
          {frame.nav.map((link) => (
            <a href={link.href} aria-current={isHere(frame.path, link.href) ? 'page' : undefined}>
              {link.label}
            </a>
          ))}
        </nav>
      )}
    </header>
  )
}

/** `/valmont/2027/missions` and `/valmont/missions/…` are the same room. */
function isHere(path: string, href: string): boolean {
  return roomIn(path) === roomIn(href)
}

function roomIn(address: string): string | undefined {
  const [, , first = '', second] = address.split('/')
  return /^\d{4}$/.test(first) ? second : first
}

function Who({ frame }: { frame: Frame }) {
  const { say } = frame
  if (frame.personName === undefined)
    return (
      <a class="ds-link" href={`/sign-in?to=${encodeURIComponent(frame.path)}`}>
        {say('platform:signIn')}
      </a>
    )
  return (
    <form class="who" method="post" action="/sign-out" data-person={frame.personId}>
      <a class="ds-link" href="/home">
        {frame.personName}
      </a>
      <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit">
        {say('platform:signOut')}
      </button>
    </form>
  )
}

function Footer({ frame }: { frame: Frame }) {
  const { say, language } = frame
  const other = language === 'fr' ? 'en' : 'fr'
  return (
    <footer class="bottom">
      <div class="wrap">
        <p>{say('platform:about')}</p>
        <p>
          <a class="ds-link" href={`${frame.path}?lang=${other}`} lang={other} hreflang={other}>
            {say('platform:otherLanguage')}
          </a>
          {frame.personName !== undefined && (
            <>
              {' · '}
              <a class="ds-link" href="/account">
                {say('platform:account')}
              </a>
            </>
          )}
          {frame.isDemo && (
            <>
              {' · '}
              <a class="ds-link" href="/mailbox">
                {say('platform:mailbox')}
              </a>
              {' · '}
              <a class="ds-link" href="/demo/calendar">
                {say('platform:calendar')}
              </a>
              {' · '}
              <a class="ds-link" href="/">
                {say('platform:cast')}
              </a>
            </>
          )}
        </p>
      </div>
    </footer>
  )
}
