/** What a spreadsheet may run as a formula when it opens a CSV: these signs, also full-width, also behind blanks. */
const runnable = /^[\s']*[=+\-@\t\r\0＝＋－＠]/

/** 防公式 — a leading apostrophe keeps a text a text; numbers are not texts and need none. */
export function guarded(text: string): string {
  return runnable.test(text) ? `'${text}` : text
}

/** 去防护 — takes off what `guarded` put on, and nothing else. */
export function unguarded(text: string): string {
  return text.startsWith("'") && runnable.test(text) ? text.slice(1) : text
}
