export { associationRoles, communeRoles, companyRoles } from './access.ts'
export {
  acceptCandidacy,
  answerAbsence,
  answerEntries,
  applyToMission,
  approveAbsence,
  approveEntries,
  confirmEntries,
  endMission,
  enterHours,
  prepareMissionAgreement,
  publishMissions,
  sendConfirmationLink,
  signMissionAgreement,
  withdrawCandidacy,
} from './actions/index.ts'
export { missionRoutes } from './pages/routes.tsx'
export { remindAnswers } from './reminders.ts'
export { type Mission, type MissionState, stateOf } from './rules/index.ts'
export { lockedEntries, missionById, missionsOf } from './store/index.ts'
