import { removeTemporaryDirectory } from './temporary-directory';

export default function globalTeardown(): void {
  removeTemporaryDirectory();
}
