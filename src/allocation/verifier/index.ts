export { verify, type Witness } from './verify.ts'
