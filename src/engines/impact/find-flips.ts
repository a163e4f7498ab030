/** 判断 — what is said of one thing by one rule and reading; `words` for people, `verdict` what is compared. */
export interface Verdict {
  /** Which rule says it: a target, an indicator, a duty, a check. */
  readonly rule: string
  readonly ruleZh: string
  /** Where the words may be read in more than one way: by which reading. */
  readonly reading?: string
  /** The county it stands in; the city's own id for the city. */
  readonly unitId: number
  readonly place: string
  /** The thing itself, and its id within the rule. */
  readonly subject: string
  readonly subjectId: string
  readonly verdict: string
  readonly words: string
}

/** 翻转 — a thing of which the rule says something else than before; null where it says nothing of it. */
export interface Flip extends Omit<Verdict, 'verdict' | 'words'> {
  readonly before: string | null
  readonly after: string | null
}

/**
 * 找翻转 — every thing whose verdict differs between two runs, and no other; in the order of rule, place and subject.
 *
 * The same thing is that of the same rule, reading, place and id. A thing that only one run speaks of has flipped too.
 */
export function findFlips(before: readonly Verdict[], after: readonly Verdict[]): Flip[] {
  const olds = new Map(before.map((verdict) => [keyOf(verdict), verdict]))
  const news = new Map(after.map((verdict) => [keyOf(verdict), verdict]))
  const keys = [...new Set([...olds.keys(), ...news.keys()])].sort()
  return keys.flatMap((key) => {
    const [old, fresh] = [olds.get(key), news.get(key)]
    if (old?.verdict === fresh?.verdict) return []
    const { verdict: _, words: __, ...thing } = (fresh ?? old) as Verdict
    return [{ ...thing, before: old?.words ?? null, after: fresh?.words ?? null }]
  })
}

function keyOf({ rule, unitId, subjectId, reading = '' }: Verdict): string {
  return JSON.stringify([rule, unitId, subjectId, reading])
}
