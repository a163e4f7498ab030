import { missingOf } from './missing-of.ts'

/** 还差什么 — beside a button that does not work yet: by name, what is still to be filled. */
export function Lacking({ of }: { of: Readonly<Record<string, unknown>> }) {
  const missing = missingOf(of)
  return missing.length > 0 ? (
    <span className="quiet" role="status">
      还差：{missing.join('、')}
    </span>
  ) : null
}
