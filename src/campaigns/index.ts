export {
  campaignOfPath,
  changeSettings,
  copyCampaign,
  createCampaign,
  enterState,
} from './actions.ts'
export { FamilyBoxes } from './family-boxes.tsx'
export { campaignRoutes } from './pages.tsx'
export { type Campaign, families, proposedFigures, type Settings } from './rules.ts'
export { SeasonSteps } from './season-page.tsx'
export { type CampaignState, nextState, states } from './states.ts'
export {
  campaignById,
  campaignOfYear,
  campaignsOf,
  criteriaOf,
  currentCampaign,
  envelopesOf,
  familiesOf,
} from './store.ts'
