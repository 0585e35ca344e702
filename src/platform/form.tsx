import type { Child } from 'hono/jsx'
import { newId, type Refusal } from '#kit'
import type { Say } from './texts.ts'

/** What the person typed, as typed: shown again when the form is refused. */
export type Typed = Record<string, string>

/** A form's refusals and what was typed, handed to each control. */
export type Filled = { say: Say; typed: Typed; refusals: Refusal[] }

/** More than any field of METIS asks for; what is longer was not typed by a person. */
const CHARACTERS_MAX = 20_000

export function typedOf(form: FormData): Typed {
  return typedUpTo(CHARACTERS_MAX, form)
}

/** Where people write at length: what is too long is refused with its length, and comes back uncut. */
export function wholeTypedOf(form: FormData): Typed {
  return typedUpTo(Number.POSITIVE_INFINITY, form)
}

function typedUpTo(most: number, form: FormData): Typed {
  const typed: Typed = {}
  for (const [name, value] of form)
    if (typeof value === 'string') typed[name] = writable(value.slice(0, most))
  return typed
}

/** Without the signs that no keyboard writes, and that databases and spreadsheets refuse. */
export function writable(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '').toWellFormed()
}

/** Every refusal with a link to its field; takes the focus (WCAG 3.3.1). Nothing when there is none. */
export function RefusalSummary({ filled }: { filled: Filled }) {
  const { refusals, say } = filled
  if (refusals.length === 0) return null
  return (
    <div
      class="ds-error-summary"
      data-color="danger"
      role="alert"
      tabindex={-1}
      id="refusals"
      autofocus
    >
      <h2 class="ds-heading" data-size="xs">
        {say('platform:refused', { count: refusals.length })}
      </h2>
      <ul class="ds-list">
        {refusals.map((refusal) => (
          <li>
            {refusal.field ? (
              <a class="ds-link" href={`#${refusal.field}`}>
                {say(refusal.code, refusal.values)}
              </a>
            ) : (
              say(refusal.code, refusal.values)
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

type FieldProps = {
  filled: Filled
  name: string
  label: string
  hint?: string
  /** Shown when nothing was typed yet. */
  value?: string | undefined
  required?: boolean
}

export function TextField(
  props: FieldProps & {
    type?: string
    /** Of a number or a time, in the input's own unit. */
    step?: string
    inputmode?: 'decimal' | 'numeric' | 'email'
    suffix?: string
    autocomplete?: 'email' | 'one-time-code' | 'off'
  },
) {
  const {
    filled,
    name,
    value,
    type = 'text',
    step,
    inputmode,
    suffix,
    required,
    autocomplete,
  } = props
  return (
    <Field {...props}>
      <span class="affix">
        <input
          class="ds-input"
          id={name}
          name={name}
          type={type}
          step={step}
          inputmode={inputmode}
          autocomplete={autocomplete}
          value={filled.typed[name] ?? value ?? ''}
          required={required}
          {...described(props)}
        />
        {suffix && <span aria-hidden="true">{suffix}</span>}
      </span>
    </Field>
  )
}

export function AreaField(props: FieldProps & { rows?: number }) {
  const { filled, name, value, rows = 4, required } = props
  return (
    <Field {...props}>
      <textarea
        class="ds-input"
        id={name}
        name={name}
        rows={rows}
        required={required}
        {...described(props)}
      >
        {filled.typed[name] ?? value ?? ''}
      </textarea>
    </Field>
  )
}

export type Choice = { value: string; label: string }

export function SelectField(props: FieldProps & { choices: Choice[] }) {
  const { filled, name, value, choices, required } = props
  const chosen = filled.typed[name] ?? value ?? ''
  return (
    <Field {...props}>
      <select class="ds-input" id={name} name={name} required={required} {...described(props)}>
        {choices.map((choice) => (
          <option value={choice.value} selected={choice.value === chosen}>
            {choice.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

export function CheckField(props: FieldProps) {
  const { filled, name, label, hint, value } = props
  return (
    <div class="ds-field check">
      <input
        class="ds-input"
        type="checkbox"
        id={name}
        name={name}
        value="yes"
        checked={(filled.typed[name] ?? value) === 'yes'}
        {...described(props)}
      />
      <label class="ds-label" for={name}>
        {label}
      </label>
      {hint && (
        <p class="ds-paragraph hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <Reasons filled={filled} name={name} />
    </div>
  )
}

/** Lets a form sent twice count once: read by `once()`. */
export function OnceKey() {
  return <input type="hidden" name="once" value={newId()} />
}

export function Submit({ children }: { children?: Child }) {
  return (
    <button class="ds-button" type="submit">
      {children}
    </button>
  )
}

function Field({ filled, name, label, hint, children }: FieldProps & { children?: Child }) {
  return (
    <div class="ds-field">
      <label class="ds-label" for={name}>
        {label}
      </label>
      {hint && (
        <p class="ds-paragraph hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {children}
      <Reasons filled={filled} name={name} />
    </div>
  )
}

function Reasons({ filled, name }: { filled: Filled; name: string }) {
  const own = filled.refusals.filter((refusal) => refusal.field === name)
  if (own.length === 0) return null
  return (
    <p class="ds-validation-message" data-color="danger" id={`${name}-reason`}>
      {own.map((refusal) => filled.say(refusal.code, refusal.values)).join(' ')}
    </p>
  )
}

function described({ filled, name, hint }: FieldProps) {
  const isRefused = filled.refusals.some((refusal) => refusal.field === name)
  const ids = [hint && `${name}-hint`, isRefused && `${name}-reason`].filter(Boolean).join(' ')
  return {
    ...(ids ? { 'aria-describedby': ids } : {}),
    ...(isRefused ? { 'aria-invalid': 'true' as const } : {}),
  }
}
