/**
 * 功能室 — one room per part of the plan: the one value a feature folder shows the house.
 *
 * `R` is the platform's route type, `J` its job kind's, `H` its source of the home page; the kernel does not know them.
 */
export interface Feature<R, J = never, H = never> {
  /** English identifier, also the folder's name. */
  readonly name: string
  /** 计划条目 — ids of the plan items this room carries, such as `M9.1`. */
  readonly carries: readonly string[]
  readonly routes: readonly R[]
  /** 任务种类 — the long work this room does from the queue. */
  readonly jobs?: readonly J[]
  /** 工作台 — what this room puts on the page one lands on after signing in. */
  readonly home?: H
  /** Folder of numbered SQL files, when the room owns tables. */
  readonly migrations?: URL
  /** 不予办理代码 — every refusal code this room can give, with what it means in Chinese. */
  readonly refusals: Readonly<Record<string, string>>
}
