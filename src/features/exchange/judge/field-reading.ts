/** 字段的值 — what a cell means once its column is known. */
export type FieldValue = string | number | boolean

/** 读字段 — the value, or the code and sentence of what is wrong with it. */
export type FieldReading = { readonly value: FieldValue } | { readonly code: string; readonly wrong: string }
