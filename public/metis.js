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
