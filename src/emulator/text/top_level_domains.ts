/** The ends of host names that make a link of a text without a protocol. */

const countries =
  "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm " +
  "bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do " +
  "dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy " +
  "hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la " +
  "lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz " +
  "na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru " +
  "rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn " +
  "to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

const others = "com org net edu gov mil int arpa info biz name pro aero asia cat coop jobs mobi " +
  "museum post tel travel xxx app dev page blog shop store online site tech space website fun art " +
  "club cloud design digital email games group guru host life link live media money moscow network " +
  "news one photo photos press red run school science social software studio team tips today tools " +
  "top tube video watch wiki win work world xyz zone рф рус москва дети онлайн сайт бел укр мкд срб " +
  "қаз";

const known: ReadonlySet<string> = new Set(`${countries} ${others}`.split(" "));

/** `name` as it stands in the text, in any case. */
export function isTopLevelDomain(name: string): boolean {
  const lower = name.toLowerCase();
  return known.has(lower) || lower.startsWith("xn--");
}
