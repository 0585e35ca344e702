import { GENESIS } from './chain.ts'
import { sha256 } from './digest.ts'

/** One step from a leaf towards the root: the neighbour to join, and on which side it stands. */
export type PathStep = { side: 'left' | 'right'; hash: string }

/**
 * The root of the binary tree over these hashes, joined two by two; the last of an odd row goes up
 * alone. The root of nothing is GENESIS. The words keep a leaf from passing for a node.
 */
export function merkleRoot(hashes: string[]): string {
  let row = hashes.map(leafOf)
  while (row.length > 1) row = rowAbove(row)
  return row[0] ?? GENESIS
}

/** What must be joined, in order, to climb from the hash of this rank to the root. */
export function merklePath(hashes: string[], rank: number): PathStep[] {
  const path: PathStep[] = []
  let row = hashes.map(leafOf)
  for (let at = rank; row.length > 1; at = Math.floor(at / 2)) {
    const isRight = at % 2 === 1
    const neighbour = row[isRight ? at - 1 : at + 1]
    if (neighbour !== undefined) path.push({ side: isRight ? 'left' : 'right', hash: neighbour })
    row = rowAbove(row)
  }
  return path
}

/** The root that this path leads to. */
export function rootAbove(hash: string, path: PathStep[]): string {
  return path.reduce(
    (below, { side, hash: neighbour }) =>
      side === 'left' ? nodeOf(neighbour, below) : nodeOf(below, neighbour),
    leafOf(hash),
  )
}

function rowAbove(row: string[]): string[] {
  const above: string[] = []
  for (let rank = 0; rank < row.length; rank += 2) {
    const [left = '', right] = row.slice(rank, rank + 2)
    above.push(right === undefined ? left : nodeOf(left, right))
  }
  return above
}

function leafOf(hash: string): string {
  return sha256(`leaf\n${hash}`)
}

function nodeOf(left: string, right: string): string {
  return sha256(`node\n${left}\n${right}`)
}
