// Hours noted where there is no network: kept on the phone with a key of their own, sent when it is
// back. The server counts a key once. Without this file, the button of the form sends it.

const STEM = 'metis-hours '
const MARK = 'metis-hours-person'
const STORE = 'metis-hours'
const RETRY = 30_000
const ANSWER_MOST = 20_000

class Hours extends HTMLElement {
  connectedCallback() {
    const { words, person, url, offline } = this.dataset
    this.words = JSON.parse(words)
    this.url = url ?? location.pathname
    this.form = this.querySelector('form')
    this.list = this.querySelector('[data-queue]')
    this.live = this.querySelector('[data-live]')
    this.isOffline = offline !== undefined
    if (!crypto.randomUUID || !canKeep()) return
    this.person = person ?? localStorage.getItem(MARK)
    if (!this.person) return this.refuseStranger()
    this.form.hidden = false
    if (this.isOffline) {
      this.blank()
      addEventListener('online', () => this.leave())
    } else {
      localStorage.setItem(MARK, this.person)
      keepShell(this.dataset).catch(() => undefined)
    }
    this.form.addEventListener('submit', (event) => this.submitted(event))
    this.form.addEventListener('input', () => (this.isTouched = true))
    for (const name of ['online', 'focus']) addEventListener(name, () => this.flush())
    document.addEventListener('visibilitychange', () => this.flush())
    this.show()
    this.flush()
  }

  /** This device no longer knows who holds it: it keeps nothing for them. */
  refuseStranger() {
    this.form.hidden = true
    this.live.classList.remove('visually-hidden')
    this.live.textContent = this.words.stranger
  }

  blank() {
    this.form.reset()
    this.form.elements.once.value = crypto.randomUUID()
    const today = new Date()
    today.setMinutes(today.getMinutes() - today.getTimezoneOffset())
    this.form.elements.day.value = today.toISOString().slice(0, 10)
    this.isTouched = false
  }

  /** The network is back: the real page tells more, unless somebody is writing. */
  leave() {
    if (!this.isTouched && this.items().length === 0) location.reload()
  }

  async submitted(event) {
    event.preventDefault()
    if (this.isSubmitting) return
    this.isSubmitting = true
    const fields = Object.fromEntries(new FormData(this.form))
    const item = { at: Date.now(), url: this.url, person: this.person, fields, state: 'waiting' }
    // Where nothing can be kept, the browser sends the form as it always did.
    if (!keep(item)) return this.form.submit()
    const state = await this.send(item)
    if (state === 'saved') return location.assign(this.url)
    // The server's own page says why, each reason beside its field.
    if (state === 'refused' && !this.isOffline) return this.form.submit()
    this.isSubmitting = false
    this.blank()
    this.show()
    this.say(state)
    this.plan()
  }

  /** Everything that waits, the oldest first; one try at a time. */
  async flush() {
    if (this.isFlushing || this.isSubmitting || document.visibilityState !== 'visible') return
    this.isFlushing = true
    const states = []
    for (const item of this.items().filter(({ state }) => state !== 'refused')) {
      states.push(await this.send(item))
      if (states.at(-1) === 'waiting') break
    }
    this.isFlushing = false
    if (states.length === 0) return
    // A list that the server wrote tells more than ours, unless somebody is writing.
    if (states.includes('saved') && !this.isTouched && !this.isSubmitting)
      return location.assign(this.url)
    this.show()
    this.say(states.at(-1))
    this.plan()
  }

  plan() {
    clearTimeout(this.timer)
    if (this.items().some(({ state }) => state === 'waiting'))
      this.timer = setTimeout(() => this.flush(), RETRY)
  }

  /** What became of it: saved, refused, expired, or still waiting. */
  async send(item) {
    const { fields, person, url } = item
    let answer
    let told
    try {
      answer = await fetch(`${url}/queued`, {
        method: 'POST',
        body: new URLSearchParams({ ...fields, person }),
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_MOST),
      })
      // An answer cut short, by the network or by leaving the page, has told nothing: this throws.
      if (answer.headers.get('content-type')?.includes('json')) told = await answer.json()
    } catch {
      return became(item, 'waiting')
    }
    if (answer.type === 'opaqueredirect' || answer.status === 401) return became(item, 'expired')
    if (answer.status >= 500 || answer.status === 429) return became(item, 'waiting')
    if (answer.ok && told?.saved) {
      localStorage.removeItem(keyOf(item))
      return 'saved'
    }
    // Somebody else has signed in on this phone: it waits for its own person.
    if (told?.isOther) return became(item, 'expired')
    // A page that is not ours, such as the door of a hotel's network, has received nothing.
    if (answer.ok) return became(item, 'waiting')
    return became(item, 'refused', told?.reasons ?? [this.words.gone])
  }

  items() {
    return itemsOf(this.person)
  }

  show() {
    // What is in the form, with the server's reasons, is not told twice.
    const inForm = this.form.elements.once.value
    const lines = this.items().filter(({ fields }) => fields.once !== inForm)
    this.list.replaceChildren(...lines.map((item) => this.lineOf(item)))
    this.list.hidden = lines.length === 0
  }

  say(state) {
    this.live.textContent = this.words[state] ?? ''
  }

  lineOf(item) {
    const { day, workedMinutes, note } = item.fields
    const line = element('li')
    line.dataset.kind = item.state
    const when = new Date(`${day}T12:00:00`)
    const format = { weekday: 'long', day: 'numeric', month: 'long' }
    const lang = document.documentElement.lang
    const name = Number.isNaN(when.getTime()) ? day : when.toLocaleDateString(lang, format)
    const past = workedMinutes % 60
    const minutes = past ? ` ${String(past).padStart(2, '0')}` : ''
    const what = element('span')
    what.append(element('b', `${name} · ${Math.floor(workedMinutes / 60)} h${minutes}`))
    if (note) what.append(` — ${note}`)
    line.append(what, element('small', [this.words[item.state], ...(item.why ?? [])].join(' ')))
    if (item.state === 'expired') line.append(signIn(this.words.signIn))
    if (item.state === 'refused') line.append(...this.actionsOf(item))
    return line
  }

  actionsOf(item) {
    return [
      button(this.words.correct, () => this.correct(item)),
      button(this.words.remove, () => {
        localStorage.removeItem(keyOf(item))
        this.show()
      }),
    ]
  }

  /** Its own page, filled in as it was typed: sent from there, it is answered with every reason. */
  correct(item) {
    if (item.url !== this.url) return location.assign(item.url)
    for (const [name, value] of Object.entries(item.fields)) {
      const control = this.form.elements[name]
      if (control?.type === 'checkbox') control.checked = value === control.value
      else if (control) control.value = value
    }
    this.show()
    if (navigator.onLine && !this.isOffline) this.form.submit()
    else this.form.elements.day.focus()
  }
}

function canKeep() {
  try {
    localStorage.setItem(`${MARK}-try`, '')
    localStorage.removeItem(`${MARK}-try`)
    return true
  } catch {
    return false
  }
}

function keyOf({ person, fields }) {
  return `${STEM}${person} ${fields.once}`
}

function keep(item) {
  try {
    localStorage.setItem(keyOf(item), JSON.stringify(item))
    return true
  } catch {
    return false
  }
}

function became(item, state, why) {
  // Another page may have sent it, or its person thrown it away, meanwhile.
  if (localStorage.getItem(keyOf(item)) !== null) keep({ ...item, state, why })
  return state
}

function itemsOf(person) {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`${STEM}${person} `))
    .map((key) => JSON.parse(localStorage.getItem(key)))
    .sort((one, other) => one.at - other.at)
}

/** The page that opens without network, and what it is drawn with; older copies go. */
async function keepShell({ shell, worker, scope }) {
  if (!navigator.serviceWorker) return
  await navigator.serviceWorker.register(worker, { scope })
  const page = await fetch(`${shell}?lang=${document.documentElement.lang}`, {
    credentials: 'omit',
  })
  if (!page.ok) return
  const inPage = [...(await page.clone().text()).matchAll(/"(\/assets\/[^"]+)"/g)]
  const drawn = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
  const needed = new Set(inPage.map(([, address]) => address))
  for (const address of drawn) if (address.endsWith('.woff2')) needed.add(address)
  const cache = await caches.open(STORE)
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url)
    if (!pathname.endsWith('/hours-offline') && !needed.delete(pathname)) await cache.delete(url)
  }
  await cache.addAll([...needed])
  await cache.put(shell, page)
}

function element(name, textContent = '') {
  return Object.assign(document.createElement(name), { textContent })
}

function button(textContent, act) {
  const made = Object.assign(element('button', textContent), { type: 'button' })
  made.className = 'ds-button'
  Object.assign(made.dataset, { variant: 'secondary', size: 'sm' })
  made.addEventListener('click', act)
  return made
}

function signIn(text) {
  const href = `/sign-in?to=${encodeURIComponent(location.pathname)}`
  return Object.assign(element('a', text), { className: 'ds-link', href })
}

customElements.define('metis-hours', Hours)
