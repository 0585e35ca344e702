export * from './account-store.ts'
export * from './allow.ts'
export * from './auth.ts'
export * from './device.ts'
export {
  type Digest,
  digestFaults,
  digestsOf,
  digestsSealing,
  entryHashes,
  sealedDigest,
  sealYesterday,
} from './digest-store.ts'
export * from './door-store.ts'
export {
  type Invitation,
  type InvitationKind,
  invitationBySecret,
  invitationsOf,
  type NewInvitation,
} from './invitation-store.ts'
export * from './invitations.ts'
export * from './partners.ts'
export * from './passkeys.ts'
export * from './place.ts'
export * from './provider.ts'
export { removeSeat } from './seat-actions.ts'
export { associationsAround, communesAround, seatsOf } from './seat-store.ts'
export * from './seats.ts'
export * from './second-factor-store.ts'
export * from './session-store.ts'
export * from './store.ts'
export { base32, keyAddress } from './totp.ts'
