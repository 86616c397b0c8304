/** Words that are looked up, with what should stand in their place: `wrong=right`, separated by commas. */
function pairs(list: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    list.split(/,\s*/u).flatMap((pair) => {
      const [from, to] = pair.trim().split('=');
      return from === undefined || to === undefined ? [] : [[from, to]];
    }),
  );
}

/** Common slips of English. */
export const WRONG_SPELLINGS = pairs(`
  alot=a lot, untill=until, recieve=receive, recieved=received, beleive=believe,
  beleived=believed, seperate=separate, seperated=separated, seperately=separately,
  definately=definitely, occured=occurred, occurence=occurrence, occuring=occurring,
  tommorow=tomorrow, tommorrow=tomorrow, wierd=weird, acheive=achieve, acheived=achieved,
  accomodate=accommodate, accomodation=accommodation, adress=address, agressive=aggressive,
  apparantly=apparently, arguement=argument, begining=beginning, becuase=because,
  buisness=business, calender=calendar, cemetary=cemetery, collegue=colleague, comming=coming,
  commitee=committee, concious=conscious, dissapear=disappear, dissapeared=disappeared,
  dissapoint=disappoint, embarass=embarrass, embarassed=embarrassed, enviroment=environment,
  existance=existence, familar=familiar, finaly=finally, foriegn=foreign, freind=friend,
  freinds=friends, goverment=government, gaurd=guard, happend=happened, harrass=harass,
  hieght=height, immediatly=immediately, independant=independent, knowlege=knowledge,
  liason=liaison, libary=library, maintainance=maintenance, millenium=millennium,
  neccessary=necessary, necesary=necessary, noticable=noticeable, ocasion=occasion,
  ocassion=occasion, paralel=parallel, persue=pursue, posession=possession,
  preceeding=preceding, privelege=privilege, publically=publicly, realy=really,
  reccomend=recommend, recomend=recommend, rythm=rhythm, sentance=sentence, seige=siege,
  similiar=similar, sincerly=sincerely, succesful=successful, suprise=surprise,
  suprised=surprised, teh=the, adn=and, thier=their, truely=truly, unfortunatly=unfortunately,
  usefull=useful, wich=which, whcih=which, withold=withhold, writting=writing
`);

/** German spellings before 1996. */
export const OLD_GERMAN = pairs(`
  daß=dass, muß=muss, mußt=musst, mußte=musste, mußten=mussten, läßt=lässt, laß=lass,
  wußte=wusste, wußten=wussten, gewußt=gewusst, bißchen=bisschen, häßlich=hässlich,
  schloß=schloss, Schloß=Schloss, Fluß=Fluss, naß=nass, blaß=blass, Haß=Hass, faßte=fasste,
  vergeßlich=vergesslich, Kuß=Kuss, küßte=küsste, ißt=isst, vergißt=vergisst, Prozeß=Prozess,
  bewußt=bewusst, unbewußt=unbewusst, gewiß=gewiss, Riß=Riss, biß=biss, Biß=Biss, rauh=rau,
  Stengel=Stängel, numerieren=nummerieren, plazieren=platzieren
`);

/** German words whose umlauts or ß are written with other letters. */
export const GERMAN_UMLAUTS = pairs(`
  fuer=für, ueber=über, koennen=können, koennte=könnte, muessen=müssen, muesste=müsste,
  waere=wäre, haette=hätte, wuerde=würde, wuerden=würden, spaet=spät, schoen=schön,
  natuerlich=natürlich, zurueck=zurück, moeglich=möglich, hoeren=hören, gehoert=gehört,
  fuehlen=fühlen, fuehlte=fühlte, Maedchen=Mädchen, Tuer=Tür, Strasse=Straße, gross=groß,
  grosse=große, grosser=großer, heisst=heißt, weiss=weiß, draussen=draußen, Gruesse=Grüße,
  fuenf=fünf, zwoelf=zwölf, naechste=nächste, ploetzlich=plötzlich
`);

/** French words with œ. */
export const FRENCH_LIGATURES = pairs(`
  oeuvre=œuvre, oeuvres=œuvres, coeur=cœur, coeurs=cœurs, soeur=sœur, soeurs=sœurs, oeil=œil,
  oeuf=œuf, oeufs=œufs, boeuf=bœuf, boeufs=bœufs, voeu=vœu, voeux=vœux, noeud=nœud,
  noeuds=nœuds, choeur=chœur, moeurs=mœurs, manoeuvre=manœuvre, oesophage=œsophage, foetus=fœtus
`);

/** Words that no English book holds, but scanned ones do. */
export const SCAN_ERRORS: Readonly<Record<string, null>> = Object.fromEntries(
  'tbe tlie tiie wbich whicli wlien wliich witli tbat tliat ofthe inthe andthe tothe onthe liim liis hirn frorn sorne tirne bccause liad liave sbe'
    .split(' ')
    .map((word) => [word, null]),
);
