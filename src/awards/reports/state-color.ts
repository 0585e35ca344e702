import type { TagColor } from '#platform'
import type { ReportState } from './rules.ts'

/** Colour only repeats the word. */
export const stateColor: Record<ReportState, TagColor> = {
  upcoming: 'neutral',
  due: 'info',
  overdue: 'danger',
  submitted: 'info',
  returned: 'warning',
  accepted: 'success',
  noticed: 'danger',
  repaymentAsked: 'danger',
  repaid: 'neutral',
}
