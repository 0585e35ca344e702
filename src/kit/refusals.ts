/**
 * Why something that a person asked cannot be done: returned, never thrown.
 * `code` is a key of the `refusals` texts; `field` is the name of the form field it belongs to.
 */
export type Refusal = {
  code: string
  field?: string
  values?: Record<string, string | number>
}

export function refusal(
  code: string,
  { field, ...values }: { field?: string } & Record<string, string | number> = {},
): Refusal {
  return { code, ...(field === undefined ? {} : { field }), values }
}

export type Refused = { refusals: Refusal[] }

export function isRefused(outcome: object): outcome is Refused {
  return 'refusals' in outcome
}
