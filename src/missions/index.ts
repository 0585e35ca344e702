export { associationRoles, communeRoles, companyRoles } from './access.ts'
export {
  acceptCandidacy,
  answerAbsence,
  answerDispute,
  answerEntries,
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
  publishMissions,
  reverseApproval,
  sendConfirmationLink,
  signMissionAgreement,
  withdrawCandidacy,
} from './actions/index.ts'
export { missionRoutes } from './pages/routes.tsx'
export { remindAnswers } from './reminders.ts'
export { type Mission, type MissionState, stateOf, warningKinds } from './rules/index.ts'
export {
  lockedEntries,
  missionById,
  missionsOf,
  type WorkedMonth,
  workedByMonth,
} from './store/index.ts'
