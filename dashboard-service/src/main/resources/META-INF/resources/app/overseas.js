/** The overseas territories, which are off the map, each within south, west, north, east. */
const TERRITORIES = {
  'Guadeloupe': [15.8, -61.9, 16.6, -60.9],
  'Guyane': [2, -54.7, 5.9, -51.5],
  'La Réunion': [-21.5, 55.1, -20.8, 55.9],
  'Martinique': [14.3, -61.3, 15, -60.7],
  'Mayotte': [-13.1, 44.9, -12.5, 45.4],
  'Nouvelle-Calédonie': [-23, 163, -19, 168.5],
  'Polynésie française': [-28, -155, -7, -134],
  'Saint-Barthélemy': [17.8, -62.95, 18, -62.75],
  'Saint-Martin': [18, -63.2, 18.2, -62.9],
  'Saint-Pierre-et-Miquelon': [46.6, -56.6, 47.2, -56],
  'Wallis-et-Futuna': [-14.4, -178.3, -13.1, -176],
};

/** The territory that a point lies in, or null. */
export const territoryOf = (latitude, longitude) => Object.keys(TERRITORIES).find((name) => {
  const [south, west, north, east] = TERRITORIES[name];
  return south <= latitude && latitude <= north && west <= longitude && longitude <= east;
}) ?? null;
