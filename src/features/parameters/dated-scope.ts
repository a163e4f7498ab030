import type { Scope } from '../../platform/db/scope.ts'

/** 定日范围 — a scope that says as of which day. */
export type DatedScope = Scope & { readonly asOf: string }
