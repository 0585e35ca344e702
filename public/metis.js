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

/** Shows the value of a slider beside its label while it moves. */
customElements.define(
  'metis-slider',
  class extends HTMLElement {
    connectedCallback() {
      const input = this.querySelector('input')
      const output = this.querySelector('output')
      input?.addEventListener('input', () => {
        const shown = Number(input.value).toLocaleString(document.documentElement.lang)
        output.textContent = `${shown} ${output.dataset.unit ?? ''}`.trim()
      })
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
