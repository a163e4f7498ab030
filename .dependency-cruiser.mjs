// The import rule of the house. Each comment is written to the developer who meets it.
const wing = (name) => `^src/${name}/`
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: '\\.(test|for-tests)\\.tsx?$' },
  to: { path: '^src/', pathNot: allowed },
})

export default {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Files in a circle can only be understood together. Move what both need into a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'rooms-do-not-touch',
      severity: 'error',
      comment:
        'Two rooms that need each other are one room, or lack a record, an engine or a kernel word between them.',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/(?!$1/)' },
    },
    only(
      'kernel-stands-alone',
      wing('kernel'),
      wing('kernel'),
      'The kernel is the words everyone speaks; it knows nobody.',
    ),
    only(
      'plan-knows-kernel',
      wing('plan'),
      '^src/(plan|kernel)/',
      'The plan is read, it does not look into books or pages.',
    ),
    only(
      'platform-knows-no-education',
      wing('platform'),
      '^src/(platform|kernel)/',
      'Any bureau could use the platform: what knows schools lives above it.',
    ),
    only(
      'records-below-features',
      wing('records'),
      '^src/(records|plan|platform|kernel)/',
      'Books are written and read; who decides stands above them.',
    ),
    only(
      'ui-only-looks',
      wing('ui'),
      '^src/(ui|engines|kernel)/',
      'The ui shows what it is given; it asks no server and knows no room.',
    ),
    only(
      'demo-writes-books',
      wing('demo'),
      '^src/(demo|records|plan|platform|kernel)/',
      'The demonstration city is made through the records’ own writers.',
    ),
    only(
      'features-below-app',
      '^src/features/',
      '^src/(features|records|engines|plan|platform|kernel|ui)/',
      'The app joins rooms; a room does not know the house.',
    ),
    {
      name: 'engines-think-alone',
      severity: 'error',
      comment:
        'An engine computes from its arguments: it may use the kernel and its own files, no package, no Node, no other engine.',
      from: { path: '^src/engines/([^/]+)/', pathNot: '\\.(test|for-tests)\\.ts$' },
      to: { pathNot: '^src/(kernel|engines/$1)/' },
    },
    {
      name: 'pages-ask-through-contracts',
      severity: 'error',
      comment:
        'A page runs in the browser: it knows the ui, engines, kernel and its own room’s contract and pages.',
      from: { path: '^src/features/([^/]+)/web/', pathNot: '\\.(test|for-tests)\\.tsx?$' },
      to: {
        path: '^src/',
        pathNot: '^src/(ui|engines|kernel)/|^src/features/$1/(web/|[a-z-]*contract\\.ts$)',
      },
    },
    {
      name: 'servers-do-not-draw',
      severity: 'error',
      comment: 'Server code never imports a page or the ui.',
      from: {
        path: '^src/(plan|platform|records|engines|demo|features/[^/]+/(?!web/))',
        pathNot: '\\.(test|for-tests)\\.tsx?$',
      },
      to: { path: '^src/ui/|^src/features/[^/]+/web/' },
    },
    {
      name: 'yaml-is-read-in-plan',
      severity: 'error',
      comment: 'Only src/plan reads YAML: everyone else takes typed values from it.',
      from: { path: '^src/(?!plan/)', pathNot: '\\.(test|for-tests)\\.ts$' },
      to: { path: 'node_modules/yaml/' },
    },
    {
      name: 'catchments-and-status-have-one-pen',
      severity: 'error',
      comment:
        'Entries of the registry are written by the records’ own acts and writers, by the import, the demonstration city and the institutions room.',
      from: { path: '^src/features/(?!exchange/|institutions/)' },
      to: {
        path: '^src/records/registry/(write|record|correct|open|close|merge|split|convert|rename|regroup|move)-',
      },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      comment: 'An import that leads nowhere.',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.(css|svg)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
    moduleSystems: ['es6'],
  },
}
