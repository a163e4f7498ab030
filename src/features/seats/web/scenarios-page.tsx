import { Button } from 'antd'
import { useState } from 'react'
import { JobProgress } from '../../../ui/job-progress.tsx'
import { Answered, Page } from '../../../ui/page.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import { CompareCard } from './compare-card.tsx'
import { draftFields } from './scenario-fields.ts'
import { type OpenForm, ScenarioForm } from './scenario-form.tsx'
import { ScenariosCard } from './scenarios-card.tsx'
import { tellScenarios } from './tell-scenario.ts'
import { useRunningJob } from './use-running-job.ts'
import { useScenarios } from './use-scenarios.ts'

/** 情景方案 — what was assumed, by whom and why; computed, looked at, and laid side by side. A warning opens a new one about itself. */
export function ScenariosPage() {
  const scenarios = useScenarios()
  const job = useRunningJob()
  const [draft, setDraft] = useUrlState('draft', '')
  const [county] = useUrlState('county', '')
  const [form, setForm] = useState<OpenForm | undefined>(
    draft === '' ? undefined : { draft: draftFields(draft, county) },
  )
  const close = () => {
    setForm(undefined)
    setDraft('')
  }
  return (
    <Page
      title="情景方案"
      answer={scenarios.data && tellScenarios(scenarios.data)}
      tools={
        <Button type="primary" onClick={() => setForm({})}>
          新建方案
        </Button>
      }
    >
      {job.jobId && (
        <div className="grid no-print">
          <JobProgress jobId={job.jobId} onDone={job.finished} />
        </div>
      )}
      <Answered query={scenarios} rows={8}>
        {(answer) => (
          <div className="grid">
            <ScenariosCard
              scenarios={answer}
              computing={job.running}
              onComputing={job.begin}
              onEdit={(scenario) => setForm({ scenario })}
            />
            <CompareCard scenarios={answer} />
          </div>
        )}
      </Answered>
      <ScenarioForm form={form} onClose={close} />
    </Page>
  )
}
