/** 数字 — a figure that opens what lies under it. Missing is shown as 缺数据, never as 0. */
export function Figure(props: {
  value: number | null
  digits?: number
  unit?: string
  label: string
  onOpen?: () => void
}) {
  const words = props.value === null ? '缺数据' : formatNumber(props.value, props.digits ?? 0)
  const text = props.value === null ? words : `${words}${props.unit ?? ''}`
  if (!props.onOpen) return <span className="number">{text}</span>
  return (
    <button
      className="figure"
      type="button"
      aria-label={`${props.label} ${text}，查看来历`}
      onClick={props.onOpen}
    >
      {text}
    </button>
  )
}

/** 写数 — thousands separated, fixed decimals. */
export function formatNumber(value: number, digits = 0): string {
  return value.toLocaleString('zh-CN', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** 句中写数 — 万 in sentences only: 16432 → "1.6 万"; small numbers stay as they are. */
export function inWords(value: number): string {
  return Math.abs(value) >= 10_000 ? `${formatNumber(value / 10_000, 1)} 万` : formatNumber(Math.round(value))
}
