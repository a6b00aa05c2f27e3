"""The words of the pages, in both languages; those of reports are in `consistent.reports`."""

from collections.abc import Callable, Mapping

from consistent.model.text import Language, Localized

__all__ = ["WORDS", "speaker"]

WORDS: Mapping[str, Localized] = {
    # Start
    "name": Localized("Workbench", "Werkbank"),
    "what 1": Localized(
        "This checks proposals of the European Commission against the treaties and against national positions.",
        "Dit toetst voorstellen van de Europese Commissie aan de verdragen en aan nationale standpunten.",
    ),
    "what 2": Localized(
        "It reads a document, shows beside each value the passage that says it, and asks what only a person can say.",
        "Het leest een document, toont bij elke waarde de passage waar die staat, en vraagt wat alleen een mens kan zeggen.",
    ),
    "what 3": Localized(
        "Nothing leaves this machine. Everything is saved in {folder}, as files that the command “consistent” uses too.",
        "Niets verlaat deze computer. Alles wordt bewaard in {folder}, als bestanden die ook de opdracht “consistent” gebruikt.",
    ),
    "begin": Localized("Begin with a document", "Begin met een document"),
    "drop": Localized(
        "Drop a document or a proposal in TOML here, or choose a file",
        "Sleep een document of een voorstel in TOML hierheen, of kies een bestand",
    ),
    "formats": Localized(
        "PDF, Word, HTML, Akoma Ntoso, Formex, JSON, plain text or TOML; at most {most} MB",
        "PDF, Word, HTML, Akoma Ntoso, Formex, JSON, platte tekst of TOML; hoogstens {most} MB",
    ),
    "read it": Localized("Read it", "Lees het"),
    "as proposal": Localized(
        "take it for a proposal, whatever it calls itself", "beschouw het als voorstel, hoe het zichzelf ook noemt"
    ),
    "reading": Localized(
        "Reading the document; a long one takes half a minute.",
        "Het document wordt gelezen; een lang document duurt een halve minuut.",
    ),
    "stop reading": Localized("Stop", "Stop"),
    "go on": Localized("Go on with a proposal of this folder", "Ga verder met een voorstel in deze map"),
    "no proposals": Localized("There is no proposal in this folder yet.", "Er staat nog geen voorstel in deze map."),
    "documents": Localized("Documents in this folder", "Documenten in deze map"),
    "try": Localized("Or try it out", "Of probeer het uit"),
    "example": Localized(
        "Open the White Paper for European Defence as an example", "Open het Witboek Europese Defensie als voorbeeld"
    ),
    "example text": Localized(
        "A copy of it comes into the folder; change in it what you like.",
        "Er komt een kopie in de map; verander daarin wat u wilt.",
    ),
    # A proposal
    "start": Localized("Start", "Begin"),
    "language": Localized("Language", "Taal"),
    "to": Localized("Go to", "Ga naar"),
    "pack": Localized("Checked against", "Getoetst aan"),
    "change": Localized("Check against this", "Toets hieraan"),
    "proposed": Localized(
        "Proposed, as rules of it are about this subject: {count}",
        "Voorgesteld, omdat regels ervan over dit onderwerp gaan: {count}",
    ),
    "undo": Localized("Undo the last step", "Maak de laatste stap ongedaan"),
    "undone": Localized("The last step was taken back.", "De laatste stap is ongedaan gemaakt."),
    "nothing to undo": Localized("There is nothing to take back.", "Er is niets om ongedaan te maken."),
    "fiche": Localized("Fiche", "Fiche"),
    "word": Localized("Download the fiche as a Word file", "Download het fiche als Word-bestand"),
    "form": Localized("In the form", "In het formulier"),
    "form language": Localized("Language of the fiche", "Taal van het fiche"),
    "own language": Localized("that of the form", "die van het formulier"),
    "fill in": Localized("Fill in", "Vul in"),
    "report": Localized("Download the report", "Download het rapport"),
    "back": Localized("Back to the proposal", "Terug naar het voorstel"),
    "summary": Localized("What it comes to", "Waar het op neerkomt"),
    "text": Localized("The text", "De tekst"),
    "values": Localized("What was read", "Wat is gelezen"),
    "hangs": Localized("What hangs on it", "Wat ervan afhangt"),
    "no document": Localized(
        "The document is not in the folder. Put it beside {file} under the same name, and its text stands here; until then each "
        "value has the words that it was read from.",
        "Het document staat niet in de map. Zet het onder dezelfde naam naast {file}, dan staat de tekst hier; tot dan staan bij "
        "elke waarde de woorden waaruit die is gelezen.",
    ),
    "loading": Localized("Loading ...", "Wordt geladen ..."),
    "shade": Localized(
        "Marked is what was read; the colour tells what hangs on it.",
        "Gemarkeerd is wat is gelezen; de kleur vertelt wat ervan afhangt.",
    ),
    "selected": Localized("Record the selected words", "Leg de geselecteerde woorden vast"),
    "unconfirmed": Localized("to confirm: {count} of {of}", "te bevestigen: {count} van {of}"),
    "to confirm all": Localized("Values to confirm: {count}", "Te bevestigen waarden: {count}"),
    "nothing to confirm": Localized("All values are confirmed.", "Alle waarden zijn bevestigd."),
    "all confirmed": Localized("all confirmed: {of}", "alles bevestigd: {of}"),
    "confirmed": Localized("confirmed", "bevestigd"),
    "to confirm": Localized("to be confirmed", "te bevestigen"),
    "rules rest": Localized("rules that rest on it: {count}", "regels die erop berusten: {count}"),
    "in the text": Localized("in the text", "in de tekst"),
    "no passage": Localized("Without a passage of its own", "Zonder eigen vindplaats"),
    "none read": Localized("Nothing was read here.", "Hier is niets gelezen."),
    "confirm": Localized("Confirm", "Bevestig"),
    "confirm rest": Localized("Confirm all {count} here", "Bevestig alle {count} hier"),
    "not so": Localized("It is not there", "Het staat er niet"),
    "cannot tell": Localized("Remove: cannot be told", "Verwijder: niet te zeggen"),
    "correct": Localized("Correct", "Verbeter"),
    "should be": Localized("What it should be", "Wat het moet zijn"),
    "more said": Localized("Correct or remove", "Verbeter of verwijder"),
    "add": Localized("Record a value", "Leg een waarde vast"),
    "field": Localized("Field", "Veld"),
    "measure": Localized("Measure", "Maatregel"),
    "whole": Localized("the proposal as a whole", "het voorstel als geheel"),
    "value": Localized("Value", "Waarde"),
    "value hint": Localized(
        "a term, an amount in euros, a date (2026-01-31), a citation (TFEU 173(3)) or a text",
        "een term, een bedrag in euro's, een datum (2026-01-31), een bepaling (VWEU 173(3)) of een tekst",
    ),
    "it": Localized("It", "De bepaling"),
    "has": Localized("has this", "heeft dit"),
    "lacks": Localized("does not have this", "heeft dit niet"),
    "nothing-else": Localized(
        "has nothing else (with this value, if given)", "heeft verder niets (met deze waarde, als die is gegeven)"
    ),
    "place": Localized("Where the text says so", "Waar dat in de tekst staat"),
    "selection": Localized("Selected words", "Geselecteerde woorden"),
    "forget selection": Localized("Without the selected words", "Zonder de geselecteerde woorden"),
    "record": Localized("Record", "Leg vast"),
    "saved": Localized("Saved.", "Bewaard."),
    "saved changes": Localized(
        "Saved. Outcomes that changed: {count}.", "Bewaard. Uitkomsten die zijn veranderd: {count}."
    ),
    "skipped": Localized("Put off.", "Uitgesteld."),
    # Questions
    "question": Localized("Question", "Vraag"),
    "questions left": Localized("{count} left", "nog {count}"),
    "no questions": Localized("Nothing is asked any more.", "Er wordt niets meer gevraagd."),
    "put off": Localized("All that is left was put off: {count}.", "Wat over is, is uitgesteld: {count}."),
    "again": Localized("Ask these again", "Stel deze opnieuw"),
    "skip": Localized("Later", "Later"),
    "these": Localized("These, and nowhere else", "Deze, en nergens anders"),
    "nowhere": Localized("Nowhere in the act", "Nergens in de handeling"),
    "not here": Localized("Not in the provisions listed", "Niet in de vermelde bepalingen"),
    "said": Localized("words that say it", "woorden die het zeggen"),
    "near": Localized("words that may speak of it", "woorden die erover kunnen gaan"),
    "nothing": Localized("nothing found, but it would count here", "niets gevonden, maar hier zou het tellen"),
    "more provisions": Localized("{count} more provisions", "nog {count} bepalingen"),
    "more where nothing hangs": Localized(
        "{count} with such words, where nothing hangs on it", "{count} met zulke woorden, waar er niets van afhangt"
    ),
    "below it": Localized("all {count} below it", "alle {count} die eronder vallen"),
    "elsewhere": Localized("Others, as the act numbers them", "Andere, zoals de handeling ze nummert"),
    "elsewhere one": Localized("art. 5, 7(2)", "art. 5, 7(2)"),
    "elsewhere several": Localized(
        "art. 5: 1, 7(2): 1 2 (by the number of the term)", "art. 5: 1, 7(2): 1 2 (met het nummer van de term)"
    ),
    "answer": Localized("Answer", "Antwoord"),
    "nowhere else": Localized("Save: nowhere but here", "Bewaar: nergens anders dan hier"),
    "where": Localized("where after all", "waar toch"),
    "where hint": Localized(
        "Leave empty what is nowhere else. Provisions as the act numbers them: 5(1), 7.",
        "Laat leeg wat nergens anders staat. Bepalingen zoals de handeling ze nummert: 5(1), 7.",
    ),
    "wrong": Localized(
        "Tick what is not so; all else is confirmed.", "Vink aan wat niet klopt; al het andere wordt bevestigd."
    ),
    "right": Localized("Save: the rest is so", "Bewaar: de rest klopt"),
    "is wrong": Localized("not so", "klopt niet"),
    "fine": Localized("no objection", "geen bezwaar"),
    "objection": Localized("objection", "bezwaar"),
    "leave open": Localized("leave open", "openlaten"),
    "reason": Localized("Why (printed in the report)", "Waarom (komt in het rapport)"),
    "those are so": Localized(
        "Save: what is ticked is so, the rest is not", "Bewaar: wat is aangevinkt klopt, de rest niet"
    ),
    "all others": Localized("All others", "Alle andere"),
    "comes to": Localized("What each answer would come to", "Waar elk antwoord op neerkomt"),
    "save": Localized("Save", "Bewaar"),
    "typed": Localized("Or type the answer", "Of typ het antwoord"),
    # What hangs on it
    "findings": Localized("Findings", "Bevindingen"),
    "open rules": Localized("Open: not to be decided with what is known", "Open: niet te beslissen met wat bekend is"),
    "open hint": Localized("The questions above settle these.", "De vragen hierboven beslissen deze."),
    "no findings": Localized("No rule says anything yet.", "Nog geen regel zegt iets."),
    "why": Localized("Why", "Waarom"),
    "repair": Localized("What would have to change", "Wat er zou moeten veranderen"),
    "searching": Localized("Looking; at most {seconds} seconds.", "Er wordt gezocht; hoogstens {seconds} seconden."),
    # An amended text
    "amended": Localized("Compare with an amended text", "Vergelijk met een gewijzigde tekst"),
    "amended head": Localized("What an amended text changes", "Wat een gewijzigde tekst verandert"),
    "amended hint": Localized(
        "A text of the Council or Parliament, the act as adopted, or another version of the proposal: first what it changes in words, then what "
        "that does to findings, grades and questions.",
        "Een tekst van de Raad of het Parlement, de vastgestelde handeling of een andere versie van het voorstel: eerst wat die aan de woorden "
        "verandert, dan wat dat doet met bevindingen, toetsen en vragen.",
    ),
    "amended text": Localized("The amended text", "De gewijzigde tekst"),
    "amended here": Localized("A file of this folder", "Een bestand in deze map"),
    "amended choose": Localized("Compare", "Vergelijk"),
    "amended bring": Localized("Or bring one along", "Of breng er een mee"),
    "amended brought": Localized("Bring it along and compare", "Breng mee en vergelijk"),
    "amended drop": Localized("Leave this text", "Laat deze tekst los"),
    "amended none": Localized(
        "There is no other text in this folder yet.", "Er staat nog geen andere tekst in deze map."
    ),
    "amended stopped": Localized("The comparison was stopped.", "Het vergelijken is gestopt."),
    "amended again": Localized("Compare again", "Vergelijk opnieuw"),
    "reading the proposal": Localized(
        "Step 1 of 4: the proposal is read.", "Stap 1 van 4: het voorstel wordt gelezen."
    ),
    "reading the amended text": Localized(
        "Step 2 of 4: the amended text is read; a long one takes half a minute.",
        "Stap 2 van 4: de gewijzigde tekst wordt gelezen; een lange duurt een halve minuut.",
    ),
    "comparing": Localized(
        "Step 3 of 4: words and findings are compared.", "Stap 3 van 4: woorden en bevindingen worden vergeleken."
    ),
    "asking": Localized("Step 4 of 4: questions are compared.", "Stap 4 van 4: de vragen worden vergeleken."),
    "amended kept": Localized(
        "What is known and answered here holds for the measures that the amended text has word for word: {count} of {of}. Of the others counts "
        "what was read in the amended text, which nobody confirmed.",
        "Wat hier bekend en beantwoord is, geldt voor de maatregelen die de gewijzigde tekst woordelijk zo heeft: {count} van {of}. Van de andere "
        "telt wat in de gewijzigde tekst is gelezen, en niemand heeft bevestigd.",
    ),
    "amended worked": Localized(
        "What was said of the amended text in its own file counts where its words are others.",
        "Wat in het eigen bestand van de gewijzigde tekst is gezegd, telt waar haar woorden anders zijn.",
    ),
    "words no document": Localized(
        "Words are not compared: the document of one of the two is not in the folder. Measures are compared by what is known of them.",
        "Woorden zijn niet vergeleken: het document van een van beide staat niet in de map. Maatregelen zijn vergeleken naar wat ervan bekend is.",
    ),
    "words no act": Localized(
        "Words are not compared: the two are in different languages, or one holds no act. Measures are compared by what is known of them.",
        "Woorden zijn niet vergeleken: de twee zijn in verschillende talen, of een ervan bevat geen handeling. Maatregelen zijn vergeleken naar wat "
        "ervan bekend is.",
    ),
    "words not here": Localized(
        "Without a server words are not compared one by one, which needs a library that this page does not have: use “consistent serve” or “consistent "
        "diff” for that. Measures are compared by what is known of them; those that stayed word for word are known to be the same.",
        "Zonder server worden woorden niet één voor één vergeleken; daarvoor is een bibliotheek nodig die deze pagina niet heeft: gebruik “consistent "
        "serve” of “consistent diff”. Maatregelen zijn vergeleken naar wat ervan bekend is; van wat woordelijk gelijk bleef, is bekend dat het "
        "hetzelfde is.",
    ),
    "other proposals": Localized("The two name different proposals.", "De twee noemen verschillende voorstellen."),
    "questions changed": Localized("What it does to questions", "Gevolg voor de vragen"),
    "questions counted": Localized(
        "Questions now: {old}; with the amended text: {new}.", "Vragen nu: {old}; met de gewijzigde tekst: {new}."
    ),
    "questions same": Localized("The same is asked as before.", "Er wordt hetzelfde gevraagd als eerst."),
    "questions new": Localized("now to be told as well: {count}", "nu ook te vertellen: {count}"),
    "questions gone": Localized("no longer to be told: {count}", "niet meer te vertellen: {count}"),
    # What is accepted
    "accept": Localized("Accept for the time being", "Aanvaard voorlopig"),
    "accept hint": Localized(
        "The finding stays in the report, marked as accepted, and no longer counts as an objection.",
        "De bevinding blijft in het rapport staan, gemerkt als aanvaard, en telt niet meer als bezwaar.",
    ),
    "accept where": Localized("Where", "Waar"),
    "accept here": Localized("here only ({place})", "alleen hier ({place})"),
    "accept anywhere": Localized(
        "wherever the rule applies in this proposal", "overal waar de regel in dit voorstel geldt"
    ),
    "accept owner": Localized("Who answers for it", "Wie ervoor instaat"),
    "accept since": Localized("From which day (may be empty)", "Vanaf welke dag (mag leeg)"),
    "accept until": Localized("Up to and including", "Tot en met"),
    "accept now": Localized("Accept", "Aanvaard"),
    "waivers": Localized("Accepted in this proposal", "Aanvaard in dit voorstel"),
    "waivers hint": Localized(
        "Kept in {file}; the command counts the same with “--waivers {file}”.",
        "Bewaard in {file}; de opdracht telt hetzelfde met “--waivers {file}”.",
    ),
    "waiver in use": Localized("accepted", "aanvaard"),
    "waiver idle": Localized("accepts nothing", "aanvaardt niets"),
    "waiver reason": Localized("Why", "Waarom"),
    "waiver since": Localized("From", "Vanaf"),
    "waiver of file": Localized(
        "It stands in {file}, which is not changed here.", "Het staat in {file}, dat hier niet wordt gewijzigd."
    ),
    "withdraw": Localized("Withdraw", "Trek in"),
    "waivers elsewhere": Localized("in other proposals: {count}", "in andere voorstellen: {count}"),
    "why not": Localized("Why does a rule not apply?", "Waarom geldt een regel niet?"),
    "rule": Localized("Rule", "Regel"),
    "show": Localized("Show", "Toon"),
    "close": Localized("Close", "Sluit"),
    # Rules
    "rules": Localized("The rules", "De regels"),
    "rules text": Localized(
        "Look up what a pack asks, and try another text of a rule on the proposals of this folder.",
        "Zoek op wat een pakket vraagt, en probeer een andere tekst van een regel op de voorstellen in deze map.",
    ),
    "rules of": Localized("Rules of {pack}", "Regels van {pack}"),
    "all rules": Localized("All rules of {pack}", "Alle regels van {pack}"),
    "pack of rules": Localized("Packs", "Pakketten"),
    "find rules": Localized("Look for", "Zoek naar"),
    "find": Localized("Find", "Zoek"),
    "find hint": Localized(
        "words of a title, message, position or source; all of them must be there",
        "woorden uit titel, melding, standpunt of bron; ze moeten er alle staan",
    ),
    "ordered by": Localized("By", "Op"),
    "by principle": Localized("principle", "beginsel"),
    "by position": Localized("position", "standpunt"),
    "by source": Localized("source", "bron"),
    "by folder": Localized("folder", "map"),
    "rules found": Localized("Rules: {count} of {of}", "Regels: {count} van {of}"),
    "the rule": Localized("What it says", "Wat hij zegt"),
    "whole rule": Localized("The rule, and its text", "De regel, en zijn tekst"),
    "try it": Localized("Try another text", "Probeer een andere tekst"),
    "rule text": Localized("Text of the rule", "Tekst van de regel"),
    "try hint": Localized(
        "As you type, its faults, its examples and what changes of the proposals of this folder ({count}) are told below. Nothing is "
        "saved by that.",
        "Terwijl u typt, staat hieronder wat eraan schort, hoe de voorbeelden uitkomen en wat er verandert voor de voorstellen in deze "
        "map ({count}). Daardoor wordt niets bewaard.",
    ),
    "test it": Localized("How well is it tested?", "Hoe goed is hij getest?"),
    "testing": Localized("Planting faults ...", "Er worden fouten in geplant ..."),
    "coverage": Localized("What its examples leave untested", "Wat de voorbeelden niet beproeven"),
    "all covered": Localized(
        "Each condition decided the outcome of an example.", "Elke voorwaarde besliste de uitkomst van een voorbeeld."
    ),
    "mutants": Localized("Small faults that were planted", "Kleine fouten die zijn geplant"),
    "survivors": Localized(
        "No example notices these; with each stands one that would, to be copied into the text.",
        "Geen voorbeeld merkt deze op; bij elk staat er een dat dat zou doen, om in de tekst over te nemen.",
    ),
    "try now": Localized("Try it", "Probeer het"),
    "save rule": Localized("Save in the file of the rule", "Bewaar in het bestand van de regel"),
    "not to be saved": Localized(
        "This pack does not lie in the folder of work: it can be tried here, and not be changed.",
        "Dit pakket staat niet in de werkmap: u kunt het hier proberen, niet wijzigen.",
    ),
    "rule saved": Localized("The rule was saved.", "De regel is bewaard."),
    "rule faults": Localized(
        "This text cannot be used; faults: {count}", "Deze tekst is niet te gebruiken; fouten: {count}"
    ),
    "line": Localized("line {number}", "regel {number}"),
    "rule examples": Localized("Its examples", "De voorbeelden"),
    "examples pass": Localized("All come out as they say: {count}.", "Alle komen uit zoals ze zeggen: {count}."),
    "examples fail": Localized(
        "Do not come out as they say: {count} of {of}.", "Komen anders uit dan ze zeggen: {count} van {of}."
    ),
    "rule changes": Localized("What changes of the proposals", "Wat er verandert voor de voorstellen"),
    "changes found": Localized(
        "Outcomes that change: {count}, in {of} proposals that were tried.",
        "Uitkomsten die veranderen: {count}, in {of} beproefde voorstellen.",
    ),
    "changes none": Localized(
        "Nothing changes; proposals that were tried: {of}.", "Er verandert niets; beproefde voorstellen: {of}."
    ),
    "changes more": Localized("and {count} more", "en nog {count}"),
    "not read": Localized("Could not be read, and was not tried: {names}", "Niet te lezen, en niet beproefd: {names}"),
    "proposal": Localized("Proposal", "Voorstel"),
    "as it is": Localized("as it is", "zoals hij is"),
    "as typed": Localized("as typed", "zoals getypt"),
    # What goes wrong
    "wrong head": Localized("This was not saved", "Dit is niet bewaard"),
    "fault": Localized("This cannot be done", "Dit kan niet"),
    "conflict": Localized(
        "{file} was changed in another window or by another program since this page was loaded. Nothing was overwritten, and "
        "what you just said was not saved.",
        "{file} is in een ander venster of door een ander programma gewijzigd sinds deze pagina werd geladen. Er is niets "
        "overschreven, en wat u zojuist zei, is niet bewaard.",
    ),
    "reload": Localized("Load the page as it is now", "Laad de pagina zoals die nu is"),
    "gone": Localized(
        "The program does not answer: it was stopped. What was saved is in the folder. Start it again with “consistent serve”.",
        "Het programma antwoordt niet: het is gestopt. Wat bewaard is, staat in de map. Start het opnieuw met “consistent serve”.",
    ),
    "not here any more": Localized("This question was settled meanwhile.", "Deze vraag is intussen beslist."),
    "asked anew": Localized(
        "The last step changed this question; look at it once more, and answer again.",
        "De laatste stap heeft deze vraag veranderd; bekijk haar nog eens, en antwoord opnieuw.",
    ),
}


def speaker(language: Language) -> Callable[..., str]:
    """What tells words by name in a language."""

    def said(name: str, **values: object) -> str:
        text = WORDS[name].get(language)
        return text.format(**values) if values else text

    return said
