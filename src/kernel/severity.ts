/** 疑错程度 — an error stops a filing, a doubt wants a reason, a hint wants a look. */
export const severities = ['error', 'doubt', 'hint'] as const
export type Severity = (typeof severities)[number]
