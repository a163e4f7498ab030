/** 字段类型 — what may be written into a field of a form; `institution` and `unit` name an entry of the registry. */
export const fieldTypes = [
  'count',
  'number',
  'money',
  'date',
  'text',
  'code',
  'yes-no',
  'institution',
  'unit',
  'file',
] as const
export type FieldType = (typeof fieldTypes)[number]
