// The draft that saves as one types. Without this file, the button of the form saves.

const SOON = 1_000
const RETRY_MOST = 60_000
const ANSWER_MOST = 20_000
const COPY_DAYS = 60

class Draft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form')
    this.base = this.form.elements.base
    this.status = this.querySelector('[data-status]')
    this.detail = this.querySelector('[data-detail]')
    this.live = this.querySelector('[data-live]')
    this.words = JSON.parse(this.dataset.words)
    this.stem = `metis-draft ${this.dataset.person} ${this.dataset.url} `
    // A page opened anew never writes over the copy that it may have to offer.
    this.key = `${this.stem}${Date.now()} ${Math.random()}`
    this.tries = 0
    // What the server holds, as far as this page knows; nothing, when it has just refused it.
    this.held = this.dataset.unsaved ? {} : this.answers()
    this.offer()
    this.form.addEventListener('input', () => this.typed())
    this.form.addEventListener('submit', (event) => this.submitted(event))
    for (const name of ['online', 'focus']) addEventListener(name, () => this.again())
    document.addEventListener('visibilitychange', () => this.again())
    addEventListener('pagehide', () => this.leave())
    addEventListener('beforeunload', (event) => {
      if (this.isDirty() && !this.isStored && !this.isLeaving) event.preventDefault()
    })
    if (this.dataset.unsaved) this.store()
  }

  answers() {
    const pairs = [...new FormData(this.form)].filter(([name]) => name !== 'base' && name !== 'kit')
    return Object.fromEntries(pairs)
  }

  changed() {
    const now = this.answers()
    return Object.keys(now).filter((name) => now[name] !== this.held[name] && !name.endsWith('-id'))
  }

  isDirty() {
    return this.changed().length > 0
  }

  typed() {
    this.store()
    this.say('waiting', this.words.waiting, { isQuiet: true })
    this.plan(SOON)
  }

  plan(delay) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), delay)
  }

  again() {
    if (this.isFailing && document.visibilityState === 'visible') this.save()
  }

  /** One save at a time; answers whether nothing is left to send. */
  async save() {
    clearTimeout(this.timer)
    if (!this.sending) this.sending = this.send().finally(() => (this.sending = undefined))
    return this.sending
  }

  async send() {
    if (!this.isDirty()) return true
    const sent = this.answers()
    if (!this.isFailing) this.say('saving', this.words.saving, { isQuiet: true })
    let answer
    try {
      answer = await fetch(this.dataset.url, {
        method: 'POST',
        body: new URLSearchParams({ ...sent, base: this.base.value }),
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_MOST),
      })
    } catch {
      return this.fail('network')
    }
    // Whoever is no longer signed in is sent elsewhere: nothing was saved.
    if (answer.type === 'opaqueredirect' || answer.status === 401) return this.fail('expired')
    if (answer.status >= 500 || answer.status === 429) return this.fail('server')
    if (!answer.ok) return this.fail('refused')
    try {
      this.take(await answer.json(), sent)
    } catch {
      return this.fail('network')
    }
    return true
  }

  fail(reason) {
    this.isFailing = reason !== 'refused'
    this.tries += 1
    const links = {
      expired: { text: this.words.signIn, href: this.words.signInHref },
      refused: { text: this.words.home, href: this.words.homeHref },
    }
    const place = this.isStored ? this.words.here : this.words.nowhere
    this.say(reason, place, { details: [this.words[reason]], link: links[reason] })
    if (this.isFailing) this.plan(Math.min(RETRY_MOST, SOON * 2 ** this.tries))
    return false
  }

  /** The server has it: what it says of the other hands goes where nobody typed meanwhile. */
  take(told, sent) {
    this.isFailing = false
    this.tries = 0
    const base = { ...told.base }
    const before = JSON.parse(this.base.value || '{}')
    const held = { ...sent }
    for (const [name, value] of Object.entries(told.fields)) {
      const control = this.form.elements[name]
      const isFree = control && control.value === sent[name] && control !== document.activeElement
      if (isFree) {
        control.value = value
        held[name] = control.value
      } else if (before[name] === undefined) delete base[name]
      else base[name] = before[name]
    }
    for (const name of Object.keys(told.open)) delete held[name]
    this.base.value = JSON.stringify(base)
    this.held = held
    this.open = told.open
    this.store()
    const kind = Object.keys(told.open).length > 0 ? 'open' : 'saved'
    this.say(kind, told.saved, {
      details: [...Object.values(told.open), ...told.news],
      button: told.hasConflicts && this.words.compare,
      link: told.hasRows && { text: this.words.reload, href: location.href, isHere: true },
    })
    // What cannot be saved as it stands waits for the next key, not for a clock.
    const isLeft = this.changed().some((name) => !(name in told.open))
    if (isLeft) this.plan(SOON)
  }

  /** Where the words are, in one short line that stays in sight; why, in the lines under it. */
  say(kind, place, { details = [], link, button, isQuiet } = {}) {
    this.status.dataset.kind = kind
    this.status.textContent = place
    if (link) this.status.append(' ', anchor(link))
    if (button) this.status.append(' ', comparer(button))
    this.detail.replaceChildren(...details.map((text) => element('p', { textContent: text })))
    // Heard when something changes, not at each key.
    if (isQuiet) return
    const isNews = kind !== this.saidKind || details.length > 0
    if (isNews) this.live.textContent = [place, ...details].join(' ')
    this.saidKind = kind
  }

  /** The copy on the device: there as long as the server lacks something of it. */
  store() {
    const changed = this.changed()
    try {
      if (changed.length === 0) localStorage.removeItem(this.key)
      else {
        const copy = { at: Date.now(), base: this.base.value, answers: this.answers(), changed }
        localStorage.setItem(this.key, JSON.stringify(copy))
      }
      this.isStored = true
    } catch {
      this.isStored = false
    }
  }

  /** What an earlier page wrote here and the server never had. */
  offer() {
    const now = this.answers()
    const copies = this.copies().filter(({ key, copy }) => {
      copy.changed = copy.changed.filter((name) => copy.answers[name] !== (now[name] ?? ''))
      if (copy.changed.length === 0) localStorage.removeItem(key)
      return copy.changed.length > 0
    })
    const [latest] = copies.sort((one, other) => other.copy.at - one.copy.at)
    if (latest) this.prepend(this.offerOf(latest))
  }

  copies() {
    try {
      const oldest = Date.now() - COPY_DAYS * 24 * 3600 * 1000
      const found = []
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith('metis-draft ')) continue
        const copy = JSON.parse(localStorage.getItem(key))
        if (copy.at < oldest) localStorage.removeItem(key)
        else if (key.startsWith(this.stem)) found.push({ key, copy })
      }
      return found
    } catch {
      return []
    }
  }

  offerOf({ key, copy }) {
    const box = element('section', { className: 'ds-card found' })
    const title = element('h2', { className: 'ds-heading', textContent: this.words.found })
    title.dataset.size = 'xs'
    const format = { dateStyle: 'long', timeStyle: 'short' }
    const day = new Date(copy.at).toLocaleString(document.documentElement.lang, format)
    const lead = element('p', { textContent: `${this.words.foundLead} ${day}.` })
    const list = element('dl', { className: 'facts' })
    for (const name of copy.changed) {
      list.append(element('dt', { textContent: this.labelOf(name) }))
      const value = copy.answers[name]
      list.append(element('dd', { className: 'version', textContent: value || this.words.nothing }))
    }
    const actions = element('div', { className: 'actions' })
    actions.append(
      button(this.words.resume, 'primary', () => {
        box.remove()
        this.resume(copy)
        localStorage.removeItem(key)
      }),
      button(this.words.dismiss, 'secondary', () => {
        box.remove()
        localStorage.removeItem(key)
        this.form.querySelector('input:not([type=hidden]), textarea, select')?.focus()
      }),
    )
    box.append(title, lead, list, actions)
    return box
  }

  /** The earlier page is put back as it was opened and written: the server merges it as any other. */
  resume({ base, answers, changed }) {
    const mine = this.changed()
    this.base.value = base
    for (const [name, value] of Object.entries(answers)) {
      if (mine.includes(name)) continue
      const control = this.form.elements[name] ?? hiddenIn(this.form, name)
      control.value = value
      if (changed.includes(name)) delete this.held[name]
      else this.held[name] = control.value
    }
    this.store()
    this.form.elements[changed[0]]?.focus()
    this.save()
  }

  labelOf(name) {
    const control = this.form.elements[name]
    const group = control?.closest('fieldset')?.querySelector('legend')?.textContent
    const label = control?.labels?.[0]?.textContent.trim() ?? name
    return group ? `${group} — ${label}` : label
  }

  /** The button: all that can be saved is saved first, so that no page without network takes over. */
  async submitted(event) {
    if (this.isLeaving || !this.isDirty()) return
    event.preventDefault()
    const { submitter } = event
    if (this.sending) await this.sending
    if (!(await this.save())) return this.status.scrollIntoView({ block: 'nearest' })
    this.isLeaving = true
    // The button may have been in a sentence that saving replaced.
    this.form.requestSubmit(submitter?.isConnected ? submitter : undefined)
  }

  /** The window closes: one last try; the copy stays until a page knows that it arrived. */
  leave() {
    if (this.isLeaving || !this.isDirty()) return
    const body = new URLSearchParams({ ...this.answers(), base: this.base.value })
    fetch(this.dataset.url, { method: 'POST', body, redirect: 'manual', keepalive: true }).catch(
      () => undefined,
    )
  }
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}

function button(text, variant, act) {
  const made = element('button', { type: 'button', className: 'ds-button', textContent: text })
  made.dataset.variant = variant
  made.addEventListener('click', act)
  return made
}

/** The form itself, sent: its answer is the page where both versions stand side by side. */
function comparer(text) {
  const made = element('button', { type: 'submit', className: 'ds-button', textContent: text })
  made.dataset.variant = 'secondary'
  made.dataset.size = 'sm'
  return made
}

function anchor({ text, href, isHere }) {
  const made = element('a', { className: 'ds-link', textContent: text, href })
  if (!isHere) made.target = '_blank'
  return made
}

function hiddenIn(form, name) {
  const made = element('input', { type: 'hidden', name })
  form.append(made)
  return made
}

/** The home of the file: says which forms have words here that the server may not have received. */
class Unsent extends HTMLElement {
  connectedCallback() {
    const { person, path, lead, links } = this.dataset
    const names = Object.entries(JSON.parse(links)).filter(([name]) =>
      keysOnDevice().some((key) => key.startsWith(`metis-draft ${person} ${path}/${name}/`)),
    )
    if (names.length === 0) return
    const told = element('p', { className: 'ds-alert', textContent: lead })
    told.dataset.color = 'warning'
    for (const [name, text] of names)
      told.append(' ', anchor({ text, href: `${path}/${name}`, isHere: true }))
    this.append(told)
  }
}

function keysOnDevice() {
  try {
    return Object.keys(localStorage)
  } catch {
    return []
  }
}

customElements.define('metis-draft', Draft)
customElements.define('metis-unsent', Unsent)
