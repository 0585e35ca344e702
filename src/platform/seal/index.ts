export { openSeal, rewrapSealKeys, type Seal } from './seal.ts'
