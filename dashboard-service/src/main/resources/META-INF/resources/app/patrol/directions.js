const APPLE_MOBILE = /iPhone|iPad|iPod/;

/** An iPad says that it is a Mac, which has no touch screen. */
const isAppleMobile = () => APPLE_MOBILE.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);

/** The way to a place by what the device has: Android's choice of maps, Apple's map, elsewhere a page that plans ways. */
export function directionsTo({ latitude, longitude }) {
  if (navigator.userAgent.includes('Android')) return `geo:${latitude},${longitude}?q=${latitude},${longitude}`;
  if (isAppleMobile()) return `maps:?daddr=${latitude},${longitude}`;
  return `https://www.openstreetmap.org/directions?to=${latitude}%2C${longitude}`;
}
