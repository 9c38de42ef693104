import { channel } from 'node:diagnostics_channel';
import { Rejection } from '../../domain/rejections/rejection.ts';

/** A diagnostics channel for the codes of rejections that are returned as data. */
const told = channel('cardline:rejection');

export function publishRejection(error: Error): void {
  if (told.hasSubscribers && error instanceof Rejection) told.publish(error.code);
}

/** @returns a function that stops listening */
export function onRejection(listener: (code: string) => void): () => void {
  const listen = (code: unknown) => listener(String(code));
  told.subscribe(listen);
  return () => void told.unsubscribe(listen);
}
