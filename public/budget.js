// The sums of a budget while one types. Without this file, they are made when the page is saved.

class Budget extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.dataset.words)
    this.addEventListener('input', () => this.sum())
    // What others wrote comes in without a key pressed.
    addEventListener('focus', () => this.sum())
  }

  sum() {
    const inputs = [...this.querySelectorAll('input[data-account]')]
    const lines = inputs.flatMap((input) => {
      const cents = centsIn(input.value)
      return cents === undefined ? [] : [{ cents, ...input.dataset }]
    })
    const of = (fits) => lines.filter(fits).reduce((total, { cents }) => total + cents, 0n)
    const column = (name) => of((line) => line.column === name)
    const sides = ['charges', 'products'].map((side) => {
      const total = column(`${side}-paid`)
      const inKind = column(`${side}-kind`)
      this.show(`${side}-total`, total)
      this.show(`${side}-general`, total + inKind)
      return { total, inKind }
    })
    for (const account of new Set(inputs.map(({ dataset }) => dataset.account)))
      this.show(
        `account-${account}`,
        of((line) => line.account === account),
      )
    this.querySelector('#totals').textContent = this.sentence(sides, lines.length > 0)
  }

  show(name, cents) {
    const output = this.querySelector(`[data-sum="${name}"]`)
    if (output) output.textContent = this.euros(cents)
  }

  sentence([charges, products], isFilled) {
    if (!isFilled) return this.words.none
    const gap = charges.total - products.total
    const words =
      gap === 0n ? this.words.even : gap > 0n ? this.words.lessProducts : this.words.lessCharges
    const first = words.replace('{{gap}}', this.euros(gap < 0n ? -gap : gap))
    return charges.inKind === products.inKind ? first : `${first} ${this.words.inKind}`
  }

  euros(cents) {
    return new Intl.NumberFormat(this.dataset.language, {
      style: 'currency',
      currency: 'EUR',
      minimumFractionDigits: cents % 100n === 0n ? 0 : 2,
    }).format(Number(cents) / 100)
  }
}

/** `1 200,50`, as the server reads it. */
function centsIn(text) {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '').replace(/(€|euros?)$/i, '')
  const [, whole, past = ''] = /^(\d{1,13})(?:[.,](\d{1,2}))?$/.exec(bare) ?? []
  return whole === undefined ? undefined : BigInt(whole) * 100n + BigInt(past.padEnd(2, '0'))
}

customElements.define('metis-budget', Budget)
