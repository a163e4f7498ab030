import { eventKinds } from '../../../platform/webhooks/event-kinds.ts'

/** 接收方 — as the system administrator sees it; its signing secret is shown once, when it is registered. */
export interface Receiver {
  readonly endpointId: string
  readonly name: string
  readonly url: string
  readonly kinds: readonly string[]
  readonly state: 'active' | 'disabled'
  readonly waiting: number
  readonly failed: number
}

/** 事件名 — as people read it. */
export function eventName(kind: string): string {
  return (eventKinds as Readonly<Record<string, string>>)[kind] ?? kind
}
