/** 不予办理代码 — none: a duty that cannot be judged says why in its own row. */
export const refusals: Readonly<Record<string, string>> = {}
