import type { Modality } from '../engine/index.ts'

/** Hours that a company promises, for the replay. */
export type ReplayPledge = {
  company: string
  family: string
  minutes: number
  blockMinutes: number
  missionsMax: number | null
  startsOn?: string
  endsOn?: string
  modality?: Modality
}

/** Help that an association asks for, for the replay. */
export type ReplayNeed = {
  beneficiaryId: string
  family: string
  minMinutes: number
  maxMinutes: number
  startsOn?: string
  endsOn?: string
  modality?: Modality
}

/** The sixteen families that METIS ships (docs/replay.md); a file may use others. */
export const families = [
  'COMMS',
  'FINANCE',
  'DIGITAL',
  'STRATEGY',
  'LEGAL',
  'HR',
  'FUNDRAISING',
  'EVENTS',
  'DESIGN',
  'LOGISTICS',
  'REALESTATE',
  'TRAINING',
  'DATA',
  'MARKETING',
  'ENVIRONMENT',
  'SOLIDARITY_DAY',
] as const
