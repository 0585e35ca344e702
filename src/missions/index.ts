export { associationRoles, communeRoles, companyRoles } from './access.ts'
export {
  acceptCandidacy,
  answerAbsence,
  answerDispute,
  answerEntries,
  answerSharing,
  applyToMission,
  approveAbsence,
  approveEntries,
  askConfirmations,
  confirmEntries,
  decide,
  endMission,
  enterAsLastWeek,
  enterHours,
  mediate,
  prepareMissionAgreement,
  proposeSharing,
  publishMissions,
  reportIncident,
  reverseApproval,
  reviewMission,
  sayIncidentStep,
  sendConfirmationLink,
  signMissionAgreement,
  standInForCompany,
  withdrawCandidacy,
} from './actions/index.ts'
export { askReviews, remindIncidents } from './follow-ups.ts'
export { missionRoutes } from './pages/routes.tsx'
export { remindAnswers } from './reminders.ts'
export {
  goals,
  isLed,
  isToReview,
  type Mission,
  type MissionState,
  REVIEWS_MIN,
  type ReviewTotals,
  stateOf,
  warningKinds,
} from './rules/index.ts'
export {
  accidentsToDeclare,
  lockedEntries,
  missionById,
  missionsOf,
  reviewedBy,
  reviewTotals,
  type WorkedMonth,
  workedByMonth,
} from './store/index.ts'
