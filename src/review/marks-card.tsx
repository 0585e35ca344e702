import { filePathOf } from '#applications'
import { AreaField, Notice, type Say, SelectField, TextField } from '#platform'
import { SectionCard, type Shown } from './file-page.tsx'
import { marks } from './marks.ts'
import { MarksSeen } from './marks-seen.tsx'
import { refusalsForMarking } from './rules.ts'

/** One reviewer's marks. What the others think is shown afterwards, so that nobody leans on it. */
export function MarksCard(shown: Shown) {
  const { place, view } = shown
  const { say } = place
  const { others, isOutdated, setAsideCount } = view.marking
  const [closed] = refusalsForMarking(view.campaign.state)
  return (
    <SectionCard title={say('review:marks.title')}>
      {others ? (
        <MarksSeen shown={shown} others={others} />
      ) : (
        <p class="hint">{say('review:marks.alone')}</p>
      )}
      {setAsideCount > 0 && (
        <Notice color="warning">{say('review:marks.setAside', { count: setAsideCount })}</Notice>
      )}
      {isOutdated && <Notice color="warning">{say('review:grid.outdated')}</Notice>}
      {closed ? <p>{say(closed.code)}</p> : <MarksForm {...shown} />}
    </SectionCard>
  )
}

function MarksForm({ place, view, filled }: Shown) {
  const { say } = place
  const { version, criteria } = view.grid
  const { hasMarked } = view.marking
  return (
    <div class="stack">
      <p class="hint">{say('review:grid.version', { version })}</p>
      {criteria.map(({ id, label, weight, words }) => (
        <SelectField
          filled={filled}
          name={`mark-${id}`}
          label={say('review:marks.criterion', { label, weight })}
          choices={[
            { value: '', label: say('review:marks.choose') },
            ...marks.map((mark) => ({
              value: String(mark),
              label: markInWords(say, mark, words),
            })),
          ]}
        />
      ))}
      <AreaField filled={filled} name="comment" label={say('review:marks.comment')} />
      {hasMarked && (
        <TextField
          filled={filled}
          name="markReason"
          label={say('review:marks.reason')}
          hint={say('review:marks.reasonHint')}
        />
      )}
      <div>
        <button
          class="ds-button"
          type="submit"
          formaction={`${filePathOf(place.path, view.application.id)}/marks`}
        >
          {say(hasMarked ? 'review:marks.revise' : 'review:marks.save')}
        </button>
      </div>
    </div>
  )
}

/** The grid's own words for this mark, else the usual ones. */
export function markInWords(say: Say, mark: number, words: string[]): string {
  const own = words[mark]
  return own ? `${mark} — ${own}` : say(`review:mark.${mark}`)
}
