/**
 * What users wrote, as an append-only file: one JSON line for each applied request, synced to disk before the request is
 * answered. On start the lines are applied on top of the seeded portal, so a kill at any point loses nothing answered.
 */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { Change } from './apply.ts';

export interface Journal {
  /** What earlier runs wrote, oldest first. */
  readonly earlier: readonly Change[];
  /** Appends and syncs; throws where the disk refuses, and nothing is kept then. */
  append(changes: readonly Change[]): void;
  close(): void;
}

const NEWLINE = 0x0a;

/** Opens or makes the file (0600). One process at a time; a line that a kill left unfinished was never answered and is cut off. */
export function openJournal(path: string): Journal {
  const fd = openSync(path, 'a+', 0o600);
  const bytes = readAll(fd);
  let size = bytes.lastIndexOf(NEWLINE) + 1;
  if (size < bytes.length) ftruncateSync(fd, size);
  return {
    earlier: bytes.subarray(0, size).toString('utf8').split('\n').flatMap(parseLine),
    append(changes) {
      const line = Buffer.from(`${JSON.stringify(changes)}\n`);
      try {
        for (let written = 0; written < line.length; ) written += writeSync(fd, line, written);
        fsyncSync(fd);
      } catch (error) {
        // A line written by half would swallow the next one.
        ftruncateSync(fd, size);
        throw error;
      }
      size += line.length;
    },
    close: () => closeSync(fd),
  };
}

function readAll(fd: number): Buffer {
  const bytes = Buffer.alloc(fstatSync(fd).size);
  let at = 0;
  while (at < bytes.length) {
    const read = readSync(fd, bytes, at, bytes.length - at, at);
    if (read === 0) break;
    at += read;
  }
  return bytes.subarray(0, at);
}

function parseLine(line: string): readonly Change[] {
  if (line === '') return [];
  try {
    const parsed: unknown = JSON.parse(line);
    // Only this module writes the file, so a line that parses to a list is a list of changes.
    return Array.isArray(parsed) ? (parsed as Change[]) : [];
  } catch {
    return [];
  }
}
