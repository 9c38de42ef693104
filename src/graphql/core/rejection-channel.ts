import { channel } from 'node:diagnostics_channel';
import { Rejection } from '../../domain/rejections/rejection.ts';

/** A diagnostics channel for the codes of rejections that are returned as data. */
const rejections = channel('cardline:rejection');

export function publishRejection(error: Error): void {
  if (rejections.hasSubscribers && error instanceof Rejection) rejections.publish(error.code);
}

/** @returns a function that stops listening */
export function onRejection(listener: (code: string) => void): () => void {
  const listen = (code: unknown) => listener(String(code));
  rejections.subscribe(listen);
  return () => void rejections.unsubscribe(listen);
}
