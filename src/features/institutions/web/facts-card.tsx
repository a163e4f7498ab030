import { Card } from '../../../ui/page.tsx'
import { type Fact, type InstitutionFile, treeNames } from '../contract.ts'

/** 登记事实 — what holds on the day; the document most facts rest on is named once, another beside its fact. */
export function FactsCard({ file }: { file: InstitutionFile }) {
  const common = commonBasis(file.facts)
  return (
    <Card title="登记事实" note={`截至 ${file.asOf}`}>
      <dl className="facts close">
        {file.facts.map((fact) => (
          <div key={fact.zh}>
            <dt>{fact.zh}</dt>
            <dd style={{ fontSize: 15 }}>{fact.value}</dd>
            {basisOf(fact) !== common && (
              <dd className="quiet" style={{ fontSize: 12 }}>
                {basisOf(fact)}
              </dd>
            )}
          </div>
        ))}
      </dl>
      <p className="quiet" style={{ marginBottom: 0 }}>
        除另注明外：{common}。
      </p>
      {file.memberships.map(({ tree, unit, role, since }) => (
        <p className="quiet" style={{ marginBottom: 0 }} key={`${tree}${unit}`}>
          {treeNames[tree] ?? tree}：{unit}
          {role === 'core' && '（核心校）'}，自 {since}
        </p>
      ))}
    </Card>
  )
}

function basisOf({ since, docNumber, recordedBy }: Fact): string {
  return [since && `自 ${since} 起`, docNumber, recordedBy && `${recordedBy}登记`]
    .filter((part) => part)
    .join('，')
}

function commonBasis(facts: readonly Fact[]): string {
  const counts = [...Map.groupBy(facts, basisOf)].sort(([, one], [, other]) => other.length - one.length)
  return counts[0]?.[0] ?? ''
}
