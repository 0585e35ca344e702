export {
  addMissingPiece,
  answerCompleteness,
  checkCompleteness,
  checkEligibility,
  declareGeneralInterest,
  writeNote,
} from './actions.ts'
export { annulmentsAwaited } from './annulment-store.ts'
export { associationWatchOf } from './association-watch.ts'
export {
  type EligibilityInput,
  type HoursCheck,
  isEligible,
  mayReceiveOn,
  type Outcome,
} from './eligibility.ts'
export { hoursChecksOf } from './eligibility-store.ts'
export { changeGrid } from './grid.ts'
export { gridOf } from './grid-store.ts'
export { declareInterest } from './interests.ts'
export { giveMarks } from './marking.ts'
export { writeToAssociation, writeToCommune } from './messages.ts'
export { askOutside } from './outside.ts'
export { reviewRoutes } from './pages.tsx'
export type { PastGrant } from './past.ts'
export { type Interest, isRecused, type Standing } from './rules.ts'
export { reviewSeasonOf } from './season-store.ts'
export { standings } from './standings.ts'
export { interestsOf } from './store.ts'
export type { Shared, Show } from './table.ts'
export { type ReviewReaders, tableViewOf } from './table-view.ts'
export { unscoredFor } from './unscored.ts'
export { type Watch, watchOf } from './watch.ts'
