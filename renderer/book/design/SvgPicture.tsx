import { useEffect, useState } from 'react';

/** A drawing from the engine as a picture, so that nothing in it can reach the page. */
export function SvgPicture({ svg, alt, className = '' }: SvgPictureProps) {
  const address = useSvgAddress(svg);
  if (address === null) return null;
  return <img src={address} alt={alt} draggable={false} className={className} />;
}

type SvgPictureProps = { svg: string | undefined; alt: string; className?: string };

/** An address of a picture in memory, released when it is no longer shown. */
function useSvgAddress(svg: string | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (svg === undefined) return;
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [svg]);
  return address;
}
