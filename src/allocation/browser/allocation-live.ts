// Only types: whatever is imported here is loaded by every page that has one of these elements.
import type { Answer, TrialAsk } from './allocation-worker.tsx'
import type { RecomputeAsk } from './recompute.tsx'

type Ask = TrialAsk | RecomputeAsk
// Distributed over the two kinds of question.
type Question = Ask extends infer One
  ? One extends Ask
    ? Omit<One, 'turn' | 'language'>
    : never
  : never

const TYPING_MILLISECONDS = 120
/** A split that takes longer is given up when the next one is asked, and says how far it is. */
const LONG_MILLISECONDS = 600

/**
 * Asks a worker, shows how far it is, puts its answer in place. The worker starts with the page, so that the network
 * may go away afterwards; it is stopped and started again when its answer is not wanted any more.
 */
abstract class Asking extends HTMLElement {
  #worker: Worker | undefined
  #turn = 0
  #isBusy = false
  #isLong = false
  #next: Question | undefined

  protected abstract put(answer: Extract<Answer, { status: string }>): void

  connectedCallback() {
    this.hidden = false
    this.#start()
    this.querySelector('button')?.addEventListener('click', () => {
      this.stop()
      this.tell(this.dataset.cancelled ?? '')
    })
  }

  protected ask(question: Question) {
    if (this.#isBusy && !this.#isLong) {
      this.#next = question
      return
    }
    if (this.#isBusy) this.stop()
    this.#isBusy = true
    this.#turn += 1
    const language = document.documentElement.lang
    this.#worker?.postMessage({ ...question, turn: this.#turn, language })
    this.#showLong(false)
    setTimeout(
      (turn: number) => this.#isBusy && turn === this.#turn && this.#showLong(true),
      LONG_MILLISECONDS,
      this.#turn,
    )
  }

  protected stop() {
    this.#worker?.terminate()
    this.#next = undefined
    this.#rest()
    this.#start()
  }

  protected tell(words: string) {
    const place = this.querySelector('[role=status]')
    if (place) place.textContent = words
  }

  #start() {
    const worker = new Worker(this.dataset.worker ?? '', { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(data)
    worker.onerror = () => {
      this.#rest()
      this.tell(this.dataset.broken ?? '')
    }
    this.#worker = worker
  }

  #hear(answer: Answer) {
    if (answer.turn !== this.#turn) return
    if ('share' in answer) {
      const progress = this.querySelector('progress')
      if (progress) progress.value = answer.share
      return
    }
    this.#rest()
    this.tell(answer.status)
    for (const [id, html] of Object.entries(answer.parts ?? {})) {
      const place = document.getElementById(id)
      if (place) place.innerHTML = html
    }
    this.put(answer)
    const next = this.#next
    this.#next = undefined
    if (next) this.ask(next)
  }

  #rest() {
    this.#isBusy = false
    this.#showLong(false)
  }

  #showLong(isLong: boolean) {
    this.#isLong = isLong
    for (const part of this.querySelectorAll<HTMLElement>('progress, button')) part.hidden = !isLong
    if (isLong) this.tell(this.dataset.waiting ?? '')
  }
}

/** In the form of the hypotheses: each move of a slider is computed here at once, and kept nowhere. */
class Trial extends Asking {
  override connectedCallback() {
    super.connectedCallback()
    const form = document.querySelector<HTMLFormElement>(`form#${this.dataset.form}`)
    let timer: ReturnType<typeof setTimeout>
    form?.addEventListener('input', () => {
      this.put({})
      clearTimeout(timer)
      timer = setTimeout(() => this.#try(form), TYPING_MILLISECONDS)
    })
  }

  #try(form: HTMLFormElement) {
    const room = this.querySelector('script')?.textContent ?? ''
    const typed = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, String(value)]),
    )
    this.ask({ kind: 'trial', room, typed })
  }

  /** The digests go with the form, so that the server says whether it found the same. */
  protected put({
    problemSha256 = '',
    resultSha256 = '',
  }: {
    problemSha256?: string
    resultSha256?: string
  }) {
    for (const [name, value] of Object.entries({ problemSha256, resultSha256 })) {
      const field = this.querySelector<HTMLInputElement>(`input[name=${name}]`)
      if (field) field.value = value
    }
  }
}

/** Recomputes a file that the visitor chooses; nothing is sent anywhere. */
class Recompute extends Asking {
  override connectedCallback() {
    super.connectedCallback()
    this.addEventListener('change', () => this.#read())
    this.addEventListener('input', (event) => {
      if ((event.target as HTMLInputElement).type !== 'file') this.#read()
    })
  }

  async #read() {
    const files = [...this.querySelectorAll<HTMLInputElement>('input[type=file]')]
    const [problem, result] = await Promise.all(files.map(({ files }) => files?.[0]?.text()))
    if (problem === undefined) return
    const digest = this.querySelector<HTMLInputElement>('input[type=text]')?.value ?? ''
    this.ask({ kind: 'recompute', problem, digest, ...(result === undefined ? {} : { result }) })
  }

  protected put() {
    document.getElementById('again-answer')?.scrollIntoView({ block: 'nearest' })
  }
}

customElements.define('metis-trial', Trial)
customElements.define('metis-recompute', Recompute)
