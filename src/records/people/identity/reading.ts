import type { Refusal } from '../../../kernel/result.ts'

/**
 * 读得的值 — a value as it is kept, with what was set right on the way, each in a sentence to be shown;
 * or the refusal.
 */
export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly corrections: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal }

/** 读得 — a value with its corrections. */
export function read<T>(value: T, corrections: readonly string[] = []): Reading<T> {
  return { ok: true, value, corrections }
}

/** 读不成 — why it cannot be kept; the sentence never repeats the number or name. */
export function unreadable(code: string, text: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { kind: 'refusal', code, text } }
}
