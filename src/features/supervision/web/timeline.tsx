import { findingActs, findingCauses, findingHands } from '../../../kernel/finding.ts'
import { Card } from '../../../ui/page.tsx'
import type { FindingShown } from '../contract.ts'

/** 办理沿革 — every step, the latest first: who, when, with which words, which deadline, which evidence. */
export function Timeline({ finding }: { finding: FindingShown }) {
  return (
    <Card title="办理沿革" note={`${finding.steps.length} 步`}>
      <ul className="rows">
        {finding.steps.toReversed().map((step) => (
          <li key={step.revision}>
            <span className="grow" style={{ overflowWrap: 'anywhere' }}>
              <strong>{findingActs[step.act]}</strong>{' '}
              <span className="quiet">{findingHands[step.hand]}</span>
              {step.ownerUnit && (
                <>
                  <br />
                  责任单位：{step.ownerUnit}
                  {step.ownerPerson && `，责任人 ${step.ownerPerson}`}
                  {step.cause && `，成因 ${findingCauses[step.cause]}`}
                </>
              )}
              {step.dueOn && (
                <>
                  <br />
                  期限：{step.dueOn}
                </>
              )}
              {step.promisedOn && (
                <>
                  <br />
                  {step.promisedOn} 前办到
                </>
              )}
              {step.says && (
                <>
                  <br />
                  {step.says}
                </>
              )}
              {step.evidence.map(({ attachmentId, name, sha256 }) => (
                <span key={attachmentId}>
                  <br />
                  <span className="quiet">
                    佐证 {name}，指纹 <code title={sha256}>{sha256.slice(0, 12)}…</code>
                  </span>
                </span>
              ))}
              <br />
              <span className="quiet">
                {step.doneOn} {step.doneBy}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
