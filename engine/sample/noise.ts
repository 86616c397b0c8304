/** Smooth noise from −1 to 1 over the plane and time, without pattern or period that shows; the same everywhere. */
export function noise(x: number, y: number, z: number): number {
  const [cellX, cellY, cellZ] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  const [u, v, w] = [smooth(x - cellX), smooth(y - cellY), smooth(z - cellZ)];
  const face = (depth: number) => {
    const near = mix(lattice(cellX, cellY, depth), lattice(cellX + 1, cellY, depth), u);
    const far = mix(lattice(cellX, cellY + 1, depth), lattice(cellX + 1, cellY + 1, depth), u);
    return mix(near, far, v);
  };
  return mix(face(cellZ), face(cellZ + 1), w);
}

function smooth(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

function lattice(x: number, y: number, z: number): number {
  let hash = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263) ^ Math.imul(z, 1_274_126_177);
  hash = Math.imul(hash ^ (hash >>> 13), 1_103_515_245);
  hash ^= hash >>> 16;
  return (hash & 0xffff) / 32_767.5 - 1;
}
