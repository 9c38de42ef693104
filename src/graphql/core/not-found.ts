import { NotFound } from '../../domain/rejections/input.ts';

/** For lookups: NotFound becomes null; other errors are thrown. */
export async function nullIfNotFound<Found>(find: () => Promise<Found>): Promise<Found | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
