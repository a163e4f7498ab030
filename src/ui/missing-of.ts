/** 缺项 — the names whose words are empty, whose list is empty, or that were not chosen. */
export function missingOf(of: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(of).flatMap(([name, value]) => {
    const words = typeof value === 'string' ? value.trim() : value
    return !words || (Array.isArray(words) && words.length === 0) ? [name] : []
  })
}
