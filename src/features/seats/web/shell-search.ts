/** 随身带走的 — place, day and scenario go along to another page; a page's own choices stay behind. */
export function shellSearch({ county, asOf, scenario }: Record<string, unknown>): object {
  return { county, asOf, scenario }
}
