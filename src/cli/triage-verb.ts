// The verb `triage`: its options and help.
import type { Command } from 'commander';
import { triageClear, triageList, triageSet } from './commands/triage.js';
import { command, examples, STORE } from './verb.js';

const CASE = 'a case, a benchmark, or a pattern with *';

/** Adds what `forgebench triage` takes. */
export function addTriage(verb: Command): void {
  verb.description('what people decided about changes: acknowledged, accepted, noise or fixed');
  common(verb.command('list'))
    .description('regressions, and whatever was decided about')
    .argument('[case]', `${CASE}; all of them where there is none`)
    .action(command(triageList));
  chosen(verb.command('set'))
    .description('decide about a change: the one at --at, or the last rise')
    .argument('<case>', CASE)
    .argument(
      '<state>',
      'accepted: the new level is right; noise: nothing happened; fixed: it was taken back; acknowledged: somebody looks at it',
    )
    .option('--note <text>', 'why')
    .option('--author <name>', 'who decides; the name that git knows')
    .action(command(triageSet));
  chosen(verb.command('clear'))
    .description('take a decision back')
    .argument('<case>', CASE)
    .action(command(triageClear));
  verb.addHelpText(
    'after',
    examples([
      'triage list',
      "triage set 'model/node-create' accepted --note 'checks its input now'",
      "triage set 'state/*' noise --at 3f2a9c1 --note 'the runner was moved'",
      "triage clear 'model/node-create'",
      'triage list --json',
    ]),
  );
}

function common(verb: Command): Command {
  return verb
    .option('--metric <name>', 'the figure that changed', 'p50')
    .option('--machine <fingerprint>', 'only on this machine; the first digits are enough')
    .option(...STORE)
    .option('--json', 'print JSON');
}

function chosen(verb: Command): Command {
  return common(verb).option('--at <commit>', 'the first commit or run after the change; the first digits are enough');
}
