type Search = Readonly<Record<string, unknown>>

/**
 * 回看日随行 — whoever looks back to a past day goes on looking back to it on every link within the site, until a link or a
 * choice names another day or takes it away.
 */
export function keepDay({ search, next }: { search: Search; next: (search: Search) => Search }): Search {
  const { asOf, known } = search
  return { ...(asOf !== undefined && { asOf }), ...(known !== undefined && { known }), ...next(search) }
}
