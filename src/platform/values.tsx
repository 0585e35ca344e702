import type { Child } from 'hono/jsx'
import {
  type Cents,
  type Day,
  formatDay,
  formatEuros,
  formatHours,
  formatInstant,
  type Minutes,
} from '#kit'
import type { Language } from './texts.ts'

type Shown<Value> = { value: Value; language?: Language }

export function Euros({ value, language = 'fr' }: Shown<Cents>) {
  return <span class="num">{formatEuros(value, language)}</span>
}

export function Hours({ value, language = 'fr' }: Shown<Minutes>) {
  return <span class="num">{formatHours(value, language)}</span>
}

export function DayText({ value, language = 'fr' }: Shown<Day>) {
  return <time datetime={value}>{formatDay(value, language)}</time>
}

export function InstantText({ value, language = 'fr' }: Shown<Date>) {
  return <time datetime={value.toISOString()}>{formatInstant(value, language)}</time>
}

/** A state in words; colour only repeats it. */
export function Tag({ color = 'neutral', children }: { color?: TagColor; children?: Child }) {
  return (
    <span class="ds-tag" data-color={color}>
      {children}
    </span>
  )
}
export type TagColor = 'neutral' | 'success' | 'warning' | 'danger' | 'info' | 'accent' | 'hours'

/** One figure with its label above and its explanation below. */
export function Figure({
  label,
  note,
  children,
}: {
  label: string
  note?: Child
  children?: Child
}) {
  return (
    <div class="ds-card figure">
      <p class="figure-label">{label}</p>
      <p class="figure-value">{children}</p>
      {note && <p class="figure-note">{note}</p>}
    </div>
  )
}

/** A sentence of success or news at the head of a page. */
export function Notice({
  color = 'info',
  children,
}: {
  color?: 'info' | 'success' | 'warning' | 'danger'
  children?: Child
}) {
  return (
    <div class="ds-alert" data-color={color} role="status">
      {children}
    </div>
  )
}

/** A table in a card of its own, which scrolls by itself on a narrow screen. */
export function TableCard({
  title,
  lead,
  children,
}: {
  title: string
  lead?: Child
  children?: Child
}) {
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {title}
      </h2>
      {lead && <p class="ds-paragraph">{lead}</p>}
      <section class="table-scroll" tabindex={0} aria-label={title}>
        <table class="ds-table">{children}</table>
      </section>
    </section>
  )
}
