/** What lets a process write its processor profile into the folder that `PROFILE` names. */
export function profiling(): readonly string[] {
  const folder = process.env['PROFILE'];
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}
