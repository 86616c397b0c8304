/**
 * Where files may lie now that lay beside one that was moved from `from` to `to`: the longest common end of the two
 * paths is what stayed the same, and every folder in it could be the one that was moved. Likeliest first. Paths of
 * either kind of system are taken; the answers are written as `to` is.
 */
export function followMove(from: string, to: string): (path: string) => string[] {
  const was = split(from);
  const is = split(to);
  const separator = to.includes('\\') && !to.includes('/') ? '\\' : '/';
  const moves: { was: string[]; is: string[] }[] = [];
  // The folder of the file always counts: the file itself may have been renamed as well.
  let same = 1;
  do {
    moves.push({ was: was.slice(0, -same), is: is.slice(0, -same) });
    same += 1;
  } while (same < Math.min(was.length, is.length) && was.at(-same) === is.at(-same));
  return (path) => {
    const parts = split(path);
    const places = moves
      .filter((move) => move.was.every((part, index) => parts[index] === part))
      .map((move) => [...move.is, ...parts.slice(move.was.length)].join(separator));
    return [...new Set(places)].filter((place) => place !== path);
  };
}

function split(path: string): string[] {
  return path.split(/[\\/]/);
}
