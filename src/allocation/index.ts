export { computeScenario, proposeScenario } from './actions.ts'
export { runAllocate } from './allocate-command.ts'
export { type Assumptions, assumptionsOf, type NamedAssumptions } from './assumptions.ts'
export { causes } from './explain.ts'
export {
  type Figures,
  figuresOf,
  hoursValueOf,
  minutesOf,
  type ProposedHours,
  type ProposedLine,
  percentOf,
} from './lines.ts'
export { allocationRoutes } from './pages.tsx'
export { runReplay } from './replay/command.ts'
export {
  currentProposal,
  decidedSplit,
  type Proposal,
  type Scenario,
  scenarioOf,
} from './scenario.ts'
export { proposedScenarioId, type ScenarioHead, scenariosOf } from './store.ts'
export { runVerify } from './verify-command.ts'
