/** 去认证 — where the browser is sent, and what must be remembered until it comes back. */
export interface SignOnStart {
  readonly url: string
  /** Comes back with the browser; good once. */
  readonly state: string
  /** Kept by us, never sent to the browser: the PKCE verifier, the nonce. */
  readonly secrets: Readonly<Record<string, string>>
}

/** 认证结果 — what the other side calls the person, or in Chinese why it did not work. */
export type SignOnOutcome =
  | { readonly ok: true; readonly subject: string }
  | { readonly ok: false; readonly why: string }

/**
 * 统一认证 — one adapter per kind of provider; the routes know only this.
 *
 * It tells who someone is, never what they may do: accounts and grants are made by the administrators.
 */
export interface SingleSignOn {
  readonly id: string
  /** Shown on the button, e.g. "河南政务服务网". */
  readonly name: string
  /** True when the provider itself asks staff for a second factor; otherwise ours is asked after it. */
  readonly secondFactor: boolean
  /** What the subject is compared with: the account's name or its external id. */
  readonly match: 'account' | 'external-id'
  begin(callback: string): Promise<SignOnStart>
  /** `returned` is the address the browser came back to, with its query. */
  finish(returned: URL, start: Omit<SignOnStart, 'url'>): Promise<SignOnOutcome>
}

/** 取字段 — the text or number at a dotted path of an answer, e.g. `data.user.id`; undefined when absent. */
export function textAt(answer: unknown, path: string): string | undefined {
  let value = answer
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
