// Enhancements only: every page does the same without this file.

/** A form that a person would submit at once anyway, such as the one behind a sign-in link. */
customElements.define(
  'metis-at-once',
  class extends HTMLElement {
    connectedCallback() {
      this.querySelector('form')?.requestSubmit()
    }
  },
)

/** A slider under a figure to type: both move together; the field alone is sent and read aloud. */
customElements.define(
  'metis-slider',
  class extends HTMLElement {
    connectedCallback() {
      const field = this.querySelector('input')
      const slider = document.createElement('input')
      const figure = () => Number(field.value.replace(/\s/g, '').replace(',', '.')) || 0
      const { least = 0, most } = this.dataset
      Object.assign(slider, { type: 'range', min: least, max: most, tabIndex: -1 })
      slider.step = most > 1000 ? 100 : 1
      slider.setAttribute('aria-hidden', 'true')
      slider.value = figure()
      slider.addEventListener('input', () => (field.value = slider.value))
      field.addEventListener('input', () => (slider.value = figure()))
      this.append(slider)
    }
  },
)

/** A button pressed twice sends once. */
document.addEventListener('submit', (event) => {
  if (event.defaultPrevented) return
  for (const button of event.target.querySelectorAll('button[type=submit]'))
    setTimeout(() => button.setAttribute('disabled', ''), 0)
})
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button[disabled][type=submit]'))
    button.removeAttribute('disabled')
})

/** Hours kept on this device are shown to the person who noted them, while their session lasts. */
function forgetPerson() {
  try {
    localStorage.removeItem('metis-hours-person')
  } catch {
    // Nothing could be kept here either.
  }
  globalThis.caches?.delete('metis-hours')
}
const who = document.querySelector('form.who')
who?.addEventListener('submit', forgetPerson)
try {
  const person = localStorage.getItem('metis-hours-person')
  const isOffline = document.querySelector('metis-hours[data-offline]')
  if (person && !isOffline && who?.dataset.person !== person) forgetPerson()
} catch {
  // This browser keeps nothing.
}

/** A passkey: the browser asks the phone or the key, and the form carries what it answers. */
customElements.define(
  'metis-passkey',
  class extends HTMLElement {
    connectedCallback() {
      if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) return
      this.classList.add('ready')
      const form = this.querySelector('form')
      const said = this.querySelector('[role=status]')
      form.addEventListener('submit', (event) => {
        if (form.elements.answer.value) return
        event.preventDefault()
        said.textContent = ''
        this.ask(form).catch(() => (said.textContent = said.dataset.refused))
      })
      addEventListener('pageshow', () => (form.elements.answer.value = ''))
    }
    async ask(form) {
      const body = new URLSearchParams()
      const asked = await fetch(this.dataset.challenge, { method: 'POST', body })
      const { options, ticket } = await asked.json()
      const credential =
        'user' in options
          ? await navigator.credentials.create({
              publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
            })
          : await navigator.credentials.get({
              publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
            })
      form.elements.answer.value = JSON.stringify(credential)
      form.elements.ticket.value = ticket
      form.requestSubmit()
    }
  },
)

/** The work table by keyboard: arrows go from row to row, Maj fills in between, one box ticks the page. */
customElements.define(
  'metis-rows',
  class extends HTMLElement {
    connectedCallback() {
      this.boxes = [...this.querySelectorAll('tbody input[type=checkbox]')]
      this.addEventListener('keydown', (event) => this.move(event))
      this.addEventListener('click', (event) => this.fill(event))
      this.addEventListener('change', () => this.count())
      if (this.boxes.length > 0) this.addHead()
    }
    addHead() {
      this.head = Object.assign(document.createElement('input'), { type: 'checkbox' })
      this.head.className = 'ds-input'
      this.head.setAttribute('aria-label', this.dataset.all)
      this.head.addEventListener('change', () => {
        for (const box of this.boxes) box.checked = this.head.checked
      })
      this.querySelector('thead th').prepend(this.head)
      this.said = document.createElement('p')
      this.said.setAttribute('role', 'status')
      this.append(this.said)
    }
    count() {
      const count = this.boxes.filter(({ checked }) => checked).length
      this.said.textContent = count > 0 ? `${count} ${this.dataset.chosen}` : ''
    }
    move(event) {
      const kind = event.target.matches('tbody input') ? 'input' : 'th a'
      const all = [...this.querySelectorAll(`tbody ${kind}`)]
      const at = all.indexOf(event.target)
      const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
      if (at < 0 || next === undefined || !all[next]) return
      event.preventDefault()
      all[next].focus()
    }
    fill(event) {
      const at = this.boxes.indexOf(event.target)
      if (at < 0) return
      const from = event.shiftKey && this.last >= 0 ? this.last : at
      for (let rank = Math.min(from, at); rank <= Math.max(from, at); rank++)
        this.boxes[rank].checked = event.target.checked
      this.last = at
    }
  },
)
