/** The words of the Core Business Vocabulary 2.0, by field. In JSON an event says the bare word; elsewhere it is a URI. */
const terms = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

interface Vocabulary {
  words: ReadonlySet<string>;
  /** What stands before the word in the term's web URI. */
  web: string;
  /** What stood before it in the URN that EPCIS 1.x used; JSON may not. */
  urn?: string;
}

const cbv = 'https://ref.gs1.org/cbv/';
/** The hash of an event fixes this spelling of the GS1 web vocabulary (CBV 2.0, 8.9), the ratified links use `ref.gs1.org/voc`. */
export const voc = 'https://gs1.org/voc/';

export const vocabularies = {
  bizStep: {
    web: `${cbv}BizStep-`,
    urn: 'urn:epcglobal:cbv:bizstep:',
    words: terms(`accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting decommissioning
      departing destroying disassembling dispensing encoding entering_exiting holding inspecting installing killing loading other packing
      picking receiving removing repackaging repairing replacing reserving retail_selling sampling sensor_reporting shipping
      staging_outbound stock_taking stocking storing transporting unloading unpacking void_shipping`),
  },
  disposition: {
    web: `${cbv}Disp-`,
    urn: 'urn:epcglobal:cbv:disp:',
    words: terms(`active available completeness_inferred completeness_verified conformant container_closed container_open damaged destroyed
      dispensed disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance mismatch_quantity
      needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled reserved retail_sold returned
      sellable_accessible sellable_not_accessible stolen unavailable unknown`),
  },
  transaction: {
    web: `${cbv}BTT-`,
    urn: 'urn:epcglobal:cbv:btt:',
    words: terms('bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt'),
  },
  party: { web: `${cbv}SDT-`, urn: 'urn:epcglobal:cbv:sdt:', words: terms('location owning_party possessing_party') },
  reason: { web: `${cbv}ER-`, urn: 'urn:epcglobal:cbv:er:', words: terms('did_not_occur incorrect_data') },
  component: {
    web: `${cbv}Comp-`,
    words: terms(`altitude axial_distance azimuth easting elevation_angle height latitude longitude northing polar_angle spherical_radius
      x y z`),
  },
  alert: { web: voc, words: terms('ALARM_CONDITION ERROR_CONDITION') },
  measurement: {
    web: voc,
    words:
      terms(`AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance AmountOfSubstancePerUnitVolume Angle
      AngularAcceleration AngularMomentum AngularVelocity Area Capacitance Conductance Conductivity Count Density Dimensionless
      DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength
      Energy Exposure Force Frequency Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux
      LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime
      MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity Radioactivity
      RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque
      Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber`),
  },
} satisfies Record<string, Vocabulary>;

export type VocabularyName = keyof typeof vocabularies;

/** Every spelling of the same namespaces that partners write; the CURIE prefixes are those of the EPCIS JSON-LD context. */
const spellings: Record<VocabularyName, string[]> = {
  bizStep: ['cbv:BizStep-'],
  disposition: ['cbv:Disp-'],
  transaction: ['cbv:BTT-'],
  party: ['cbv:SDT-'],
  reason: ['cbv:ER-'],
  component: ['cbv:Comp-'],
  alert: ['gs1:', 'https://ref.gs1.org/voc/', 'https://www.gs1.org/voc/'],
  measurement: ['gs1:', 'https://ref.gs1.org/voc/', 'https://www.gs1.org/voc/'],
};

/** `https://ref.gs1.org/cbv/BizStep-shipping`, its URN and `shipping` are the same word; any other text comes back as it is. */
export function bareWord(name: VocabularyName, text: string): string {
  const { words, web, urn }: Vocabulary = vocabularies[name];
  const start = [web, ...spellings[name], ...(urn ? [urn] : [])].find((prefix) => text.startsWith(prefix));
  const word = start === undefined ? text : text.slice(start.length);
  return words.has(word) ? word : text;
}

/** The word's web URI; a text that is no word of this vocabulary comes back as it is. */
export function webTerm(name: VocabularyName, text: string): string {
  const word = bareWord(name, text);
  return vocabularies[name].words.has(word) ? vocabularies[name].web + word : text;
}
