import { userInfo } from 'node:os';

/** The name under which somebody works on this computer; empty when the system does not say. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
