/** 数据类型名称 — what a schema's types are called in sentences. */
export const jsonTypeNames: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数',
  integer: '整数',
  boolean: '是或否',
  array: '列表',
  object: '一组字段',
  null: '空值',
}
