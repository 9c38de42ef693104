import { channel } from 'node:diagnostics_channel';
import { Rejection } from '../../domain/rejections/rejection.ts';

/** Where the codes of rejections that callers are told as data can be listened to. */
const told = channel('cardline:rejection');

export function publishRejection(error: Error): void {
  if (told.hasSubscribers && error instanceof Rejection) told.publish(error.code);
}

/** @returns how to stop listening */
export function onRejection(listener: (code: string) => void): () => void {
  const listen = (code: unknown) => listener(String(code));
  told.subscribe(listen);
  return () => void told.unsubscribe(listen);
}
