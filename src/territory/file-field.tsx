import { type Filled, RefusalSummary } from '#platform'
import { remedyFor } from './import.ts'

/** A table file to put in: above it what was wrong with the last one, and what mends it. */
export function TableFileField({
  filled,
  label,
  hint,
  accept,
}: {
  filled: Filled
  label: string
  hint: string
  accept: string
}) {
  const { say, refusals } = filled
  return (
    <>
      <RefusalSummary filled={filled} />
      {refusals.map(({ code }) => {
        const remedy = remedyFor(code, say)
        return remedy && <p class="ds-paragraph">{remedy}</p>
      })}
      <div class="ds-field">
        <label class="ds-label" for="file">
          {label}
        </label>
        <p class="ds-paragraph hint" id="file-hint">
          {hint}
        </p>
        <input
          class="ds-input"
          type="file"
          id="file"
          name="file"
          accept={accept}
          aria-describedby="file-hint"
          aria-invalid={refusals.length > 0 ? 'true' : undefined}
        />
      </div>
    </>
  )
}
