import { parentPort, workerData } from 'node:worker_threads'
import { allocate } from './engine/index.ts'
import { allocateForQuality } from './engine/quality.ts'

// In a thread of its own, so that the server answers everyone meanwhile: first the usual split, to tell the gain.
const usual = await allocate(workerData)
const result = await allocateForQuality(workerData)
parentPort?.postMessage({ usual, result })
