export {
  confirmPledge,
  reducePledge,
  type Submission,
  submitPledge,
  submitPledges,
  withdrawPledge,
} from './actions.ts'
export { type Level, levelsOf, type Pledge, type Supply } from './rules.ts'
export { confirmedSupply, pledgeById, pledgesOf } from './store.ts'
