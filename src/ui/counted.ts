/** 句中计数 — a sentence whose counts stand with thousands separators: counted`共 ${2268} 项` → "共 2,268 项". */
export function counted(parts: TemplateStringsArray, ...values: (string | number | undefined)[]): string {
  const said = values.map((value) => (typeof value === 'number' ? value.toLocaleString('zh-CN') : value))
  return String.raw({ raw: parts }, ...said.map((each) => each ?? ''))
}
