// The verb `bisect`: its options and help.
import type { Command } from 'commander';
import { bisect } from './commands/bisect.js';
import { addMeasuring } from './measuring-verbs.js';
import { command, examples, MIN_EFFECT } from './verb.js';

const MEANING = `
Good and bad are measured first, until it is clear that they differ. Then commits between them, along first parents, are
compared with the good one until one of them is the right one with the probability that --confidence says, if every commit
was equally likely before, and one of them made the change. That one is measured beside the commit before it.
Commits that do not build, lack the case or fail in it are skipped and named, as "git bisect skip" does.

Exit codes: 0 found; 1 good and bad do not differ, or no commit can be named; 2 wrong usage; 3 good or bad fails; 130 interrupted.
`;

/** Adds what `forgebench bisect` takes. */
export function addBisect(verb: Command): void {
  addMeasuring(verb)
    .description('the commit that changed a case, with a chosen confidence and its differential flame graph')
    .argument('<case>', 'one case: its id, or a pattern that only it matches')
    .requiredOption('--good <revision>', 'an old revision, before the change')
    .requiredOption('--bad <revision>', 'a later one, after the change')
    .option('--confidence <share>', 'how likely the commit has to be the right one', '0.95')
    .option('--code <folder>', 'repository of the code under test, where it is not the working folder')
    .option('--build <command>', 'makes a revision ready to be measured, in its folder: "npm run build"')
    .option('--budget <time>', 'time to measure for in each comparison, such as 90s or 10m')
    .option('--launches <n>', 'launches of each side in a comparison; as many as their scatter asks for, 5 to 50')
    .option('--no-explain', 'no differential flame graph; it takes 12 profiled launches, half a minute')
    .option(...MIN_EFFECT)
    .option('--output <file>', 'write it as well; the format follows the ending: .md, .json')
    .option('--json', 'print JSON')
    .addHelpText('after', MEANING)
    .addHelpText(
      'after',
      examples([
        'bisect --good v1.2 --bad HEAD json/parse',
        "bisect --good v1.2 --bad HEAD 'json/parse[size=1000]' --confidence 0.99 --build 'npm run build'",
        "bisect --good HEAD~40 --bad HEAD --code ../moduforge-rs 'model/node-create[attributes=3,via=new]' --output bisect.md",
      ]),
    )
    .action(command(bisect));
}
