import { expect, it } from 'vitest';
import { followMove } from './followMove.ts';

it('puts files beside one that was moved where the same move puts them, nearest folder first', () => {
  const follow = followMove('/disk/card/day/a.mov', '/archive/2026/day/a.mov');
  expect(follow('/disk/card/day/b.mov')).toEqual(['/archive/2026/day/b.mov']);
  expect(follow('/disk/card/night/c.mov')).toEqual(['/archive/2026/night/c.mov']);
});

it('knows nothing of files that lay elsewhere', () => {
  expect(followMove('/disk/card/a.mov', '/archive/a.mov')('/home/music/song.wav')).toEqual([]);
});

it('follows the folder of a file that was renamed as well', () => {
  const follow = followMove('/disk/card/a.mov', '/archive/take 1.mov');
  expect(follow('/disk/card/b.mov')).toEqual(['/archive/b.mov']);
  expect(follow('/disk/card/deep/c.mov')).toEqual(['/archive/deep/c.mov']);
});

it('follows from one kind of system to another', () => {
  const follow = followMove('D:\\Footage\\day\\a.mov', '/mnt/footage/day/a.mov');
  expect(follow('D:\\Footage\\night\\c.mov')).toEqual(['/mnt/footage/night/c.mov']);
});
