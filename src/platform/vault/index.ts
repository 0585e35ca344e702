export { type Resealed, rotateKeys, type Safe, sealWhatIsBehind } from './rotation.ts'
export {
  type KeyBeside,
  keyFaults,
  openSealed,
  type Sealed,
  type SealedRow,
  sealIn,
  type Vault,
  vaultOf,
} from './vault.ts'
