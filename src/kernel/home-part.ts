import type { Light } from './due-light.ts'

/** 工作台卡片 — one number somebody starts the day with, how it moved, and the one thing to do about it. */
export interface HomeCard {
  /** Room and name, such as `filing.to-approve`: the app says on whose home page it stands, and where. */
  readonly id: string
  readonly zh: string
  /** Null when it is not known; `change` then says why and who owes it. */
  readonly count: number | null
  readonly unit: string
  /** How the number moved, or what of it presses most. */
  readonly change: string
  readonly light: Light | 'none'
  /** The first of those counted, the most pressing first. */
  readonly lines?: readonly string[]
  readonly act: HomeLink
}

/** 去处 — a page of this platform and what is done there. */
export interface HomeLink {
  readonly zh: string
  readonly to: string
}

/** 待办 — one thing that waits for the visitor. */
export interface HomeTodo {
  /** What kind of thing is to be done, such as 填报, 审核. */
  readonly type: string
  readonly what: string
  /** Where it comes from: a form, a notice, a finding. */
  readonly source: string
  readonly dueOn: string | null
  readonly light: Light
  readonly to: string
}

/** 已办 — what the visitor did, with the moment. */
export interface HomeDone {
  readonly what: string
  readonly at: string
}

/** 待办计数 — how many things wait, how many of them are late, how many will be soon. */
export interface HomeCounts {
  readonly total: number
  readonly late: number
  readonly near: number
}

/** 工作台内容 — what one room has to say to one visitor on the home page. */
export interface HomePart {
  readonly cards?: readonly HomeCard[]
  readonly todos?: readonly HomeTodo[]
  /** Of all that waits, where `todos` are only the most pressing. */
  readonly waiting?: HomeCounts
  readonly done?: readonly HomeDone[]
}
