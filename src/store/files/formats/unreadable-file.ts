import { type FileProblem, type FileShapeCode, lineProblem } from '../../../domain/files/file-problem.ts';

/** A file, or a part of it, that can't be read at all. Readers turn it into a problem. */
export class UnreadableFile extends Error {
  readonly problem: FileProblem<FileShapeCode>;

  constructor(code: FileShapeCode, message: string, line = 1) {
    super(message);
    this.problem = lineProblem(code, line, message);
  }
}
