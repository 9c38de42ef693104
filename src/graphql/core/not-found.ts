import { NotFound } from '../../domain/rejections/input.ts';

/** For look-ups: what names nothing is null, whatever else is wrong is told. */
export async function nullIfNotFound<Found>(find: () => Promise<Found>): Promise<Found | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
