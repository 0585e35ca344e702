type Read = { entries: number; accounts: number; commodities: string[] }

/**
 * A small reader of the part of beancount's syntax that METIS writes. Throws on a line that it does not
 * know, an account not opened, an entry that does not cancel out or a balance that is not the sum.
 */
export function readBeancount(text: string): Read {
  const held = new Map<string, bigint>()
  const commodities = new Set<string>()
  let open = 0n
  let entries = 0
  const close = () => {
    if (open !== 0n) throw new Error(`entry ${entries} does not cancel out: ${open}`)
  }
  for (const line of text.split('\n')) {
    const [, opened] = /^\d{4}-\d\d-\d\d open (\S+)$/.exec(line) ?? []
    const [, posted = '', amount = '', commodity = ''] =
      /^ {2}([A-Z]\S+:\S+) {2}(-?[\d.]+) ([A-Z]+)$/.exec(line) ?? []
    const [, balanced = '', total = ''] =
      /^\d{4}-\d\d-\d\d balance (\S+) {2}(-?[\d.]+) [A-Z]+$/.exec(line) ?? []
    if (/^\d{4}-\d\d-\d\d \* "/.test(line)) {
      close()
      entries += 1
    } else if (opened) {
      if (!/^(Assets|Equity)(:[A-Z0-9][\w-]*)+$/.test(opened)) throw new Error(`a name: ${opened}`)
      held.set(opened, 0n)
    } else if (posted) {
      held.set(posted, heldIn(held, posted) + wholeOf(amount))
      open += wholeOf(amount)
      commodities.add(commodity)
    } else if (balanced) {
      if (heldIn(held, balanced) !== wholeOf(total)) throw new Error(`not the sum: ${line}`)
    } else if (!/^$|^option "title" "|^ {2}(label|number|seal): "/.test(line))
      throw new Error(`not understood: ${line}`)
  }
  close()
  return { entries, accounts: held.size, commodities: [...commodities].sort() }
}

function heldIn(held: Map<string, bigint>, account: string): bigint {
  const amount = held.get(account)
  if (amount === undefined) throw new Error(`${account} was not opened`)
  return amount
}

/** Cents and minutes alike: the sum of an entry is in one of them. */
function wholeOf(amount: string): bigint {
  return BigInt(amount.replace('.', ''))
}
