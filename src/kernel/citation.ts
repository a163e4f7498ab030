/**
 * 依据 — a quotation that a test finds in the paper it names.
 *
 * `paper` is a file name under `plan/<layer>/papers`, `item` a checklist id such as `M7.6`,
 * `quote` the paper's own words.
 */
export interface Citation {
  readonly paper: string
  readonly item?: string
  readonly quote: string
}
