// Opens a file as a person would, where there is a person.
import { spawn } from 'node:child_process';

/** Opens the file with the desktop's program, at a terminal outside CI only; silent where there is no desktop. */
export function openReport(file: string): void {
  if (!process.stdout.isTTY || process.env.CI || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)) return;
  const child = spawn('xdg-open', [file], { detached: true, stdio: 'ignore' });
  child.on('error', () => {}); // The path was printed; a missing desktop program is no failure of the run.
  child.unref();
}
