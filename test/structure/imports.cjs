/**
 * Who may import whom between the rooms (docs: DESIGN "Rooms"): checked by a tool, not by memory.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'a circle has no beginning to read from',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-knows-only-shared',
      comment: 'rules run in the browser and in Lambda',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(functions|infra|web|test)/' },
    },
    { name: 'shared-does-no-io', severity: 'error', from: { path: '^shared/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'platform-knows-no-context',
      severity: 'error',
      from: { path: '^functions/platform/' },
      to: { path: '^functions/(?!platform/)' },
    },
    {
      name: 'another-contexts-store-is-closed',
      comment: 'ask the other context by one of its stories',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: {
        path: '^functions/(?!platform/).+[/-](store|records|vouchers)\\.ts$',
        pathNot: '^functions/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'functions-know-no-infra', severity: 'error', from: { path: '^functions/' }, to: { path: '^(infra|web|test)/' } },
    {
      name: 'manifest-knows-names-only',
      severity: 'error',
      from: { path: '^infra/manifest\\.ts$' },
      to: { path: '^(functions|web|test)/' },
    },
    { name: 'cloud-runs-no-functions', severity: 'error', from: { path: '^infra/aws/' }, to: { path: '^(functions|test)/' } },
    { name: 'web-knows-only-shared', severity: 'error', from: { path: '^web/' }, to: { path: '^(functions|infra|test)/' } },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(shared|functions|infra|web)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.astro|\\.build|cdk\\.out)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
