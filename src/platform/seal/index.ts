export { openSeal, rewrapSealKeys, type Seal, sealsIn } from './seal.ts'
