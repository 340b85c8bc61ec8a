// How versions are named, for people.

/** What stands below the options of `forgebench ab --help`. */
export const VERSIONS = `
Versions:
  path:DIR       the files of a folder, as they are now
  git:DIR@REV    the files of a revision of a repository
  FILE.node      an addon of workloads that is built already
  0.7.0          the crates of ModuForge in that version of the registry; CRATE@0.7.0 for one of them, joined by commas

A folder with crates of ModuForge in it, a checkout or one crate, is built into the workloads over them.

A folder with definitions of its own is measured by those; otherwise the modules and folders that the definitions here
name are looked for in it. Cases are matched by id.
`;
