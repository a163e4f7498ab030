/**
 * 填写问题 — one malformed thing in what came from outside, found at the border.
 *
 * `path` says where (a JSON path, or a cell such as "D7"); `text` is the Chinese sentence
 * "哪里错—为什么—怎么改"; `code` is stable.
 */
export interface Problem {
  readonly path: string
  readonly code: string
  readonly text: string
}
