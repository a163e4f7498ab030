/** 压测用情景方案 — a body that any county may save: nothing assumed beyond the books. */
export function scenarioRequest(name: string, note = '') {
  return { name, note, assumptions }
}

const assumptions = {
  births: 'mid',
  townDrift: 0,
  capacityBasis: 'rooms',
  classSize: 'standard',
  housing: [],
  seniorShares: [],
  overrides: [],
}
